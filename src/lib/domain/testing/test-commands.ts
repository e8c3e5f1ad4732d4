import fc from 'fast-check';
import { currentCardOf } from '../cards/hand-out.ts';
import type { Id } from '../kernel/ids.ts';
import type { Refusal } from '../registry/refusal.ts';
import { administrator, firstAccount, pupilActor, type TestSchool } from './test-school.ts';

/** Random use of a school, for properties that must hold after anything. */

type Command = (school: TestSchool, at: number) => Refusal | null;

const pupilIds: readonly Id[] = ['a', 'b', 'c'];
const pupilId = fc.constantFrom(...pupilIds);

function leerIdOf(school: TestSchool, pupil: Id) {
	return school.state.find('leerIdByPupil', pupil)[0];
}

const create = fc
	.tuple(pupilId, fc.constantFrom('basic' as const, 'advanced' as const), fc.nat(3))
	.map(([pupil, type, name]): Command => (school, at) => {
		const passwordKind = type === 'basic' ? 'word' : 'temporary';
		const ids = { leerIdId: `leerId-${at}`, pupilId: pupil, userName: `user${name}` };
		return school.make('leerId.create@1', {
			...school.issue(`${at}`, 1),
			...ids,
			type,
			passwordKind
		});
	});

const renew = pupilId.map((pupil): Command => (school, at) => {
	const leerId = leerIdOf(school, pupil);
	const ids = { leerIdId: leerId?.id ?? 'none', fromSecretId: leerId ? leerId.secretId : 'none' };
	return school.make('leerId.renew@1', { ...school.issue(`${at}`, 1), ...ids });
});

const adjust = fc.tuple(pupilId, fc.nat(3)).map(([pupil, name]): Command => (school, at) => {
	const leerId = leerIdOf(school, pupil);
	return school.make('leerId.adjust@1', {
		...school.issue(`${at}`, 1),
		leerIdId: leerId?.id ?? 'none',
		fromSecretId: leerId ? leerId.secretId : 'none',
		userName: [leerId?.userName ?? '', `user${name}`],
		passwordKind: leerId?.type === 'basic' ? 'image' : 'temporary'
	});
});

function cardOf(school: TestSchool, pupil: Id): Id {
	return currentCardOf(school.state, pupil)?.id ?? 'none';
}

const revoke = pupilId.map(
	(pupil): Command =>
		(school) =>
			school.make('card.revoke@1', { cardId: cardOf(school, pupil) })
);

const choosePassword = pupilId.map((pupil): Command => (school, at) => {
	const leerId = leerIdOf(school, pupil);
	const leerIdId = leerId?.id ?? 'none';
	const secrets = { fromSecretId: leerId?.secretId ?? 'none', secretId: `own-${at}` };
	const actor = pupilActor(leerIdId);
	return school.make('leerId.choosePassword@1', { leerIdId, ...secrets }, { actor });
});

const handOut = pupilId.map(
	(pupil): Command =>
		(school) =>
			school.make('card.handOut@1', { cardId: cardOf(school, pupil), ticked: 'scan' })
);

const takeBack = pupilId.map(
	(pupil): Command =>
		(school) =>
			school.make('card.takeBack@1', { cardId: cardOf(school, pupil) })
);

const linkEmail = pupilId.map((pupil): Command => (school) => {
	const leerId = leerIdOf(school, pupil);
	const leerIdId = leerId?.id ?? 'none';
	const email = [leerId?.email ?? null, `${pupil}@school.be`] as const;
	return school.make('leerId.linkEmail@1', { leerIdId, email }, { actor: pupilActor(leerIdId) });
});

const settings = fc.integer({ min: 1, max: 4 }).map((minutes): Command => (school) => {
	const now = school.state.get('school', 'school-1')?.lockAfterMinutes ?? 0;
	return school.make('school.changeSettings@1', { edit: { lockAfterMinutes: [now, minutes] } });
});

const account = fc.nat(2).map((name): Command => (school, at) => {
	const created = { ...firstAccount, id: `account-x${at}`, userName: `staff${name}` };
	return school.make('account.create@1', { account: created });
});

const renewAccount = fc.nat(9).map((which): Command => (school, at) => {
	const found = [...school.state.all('account')].at(which % school.state.count('account'));
	const accountId = found?.id ?? 'none';
	const fromSecretId = found?.secretId ?? null;
	return school.make('account.renew@1', { accountId, fromSecretId, secretId: `secret-x${at}` });
});

const block = fc.tuple(pupilId, fc.boolean()).map(([pupil, lift]): Command => (school) => {
	const accountId = leerIdOf(school, pupil)?.id ?? 'none';
	if (lift) return school.make('signIn.unblock@1', { accountId });
	return school.make('signIn.block@1', { accountId, cause: 'administration' });
});

/** Of what left a history, one of the last six. */
const undoOne = fc.nat(5).map((back): Command => (school) => {
	const entries = [...school.state.all('history')];
	// A print that cards name stays, and would keep everything from being undone.
	const made = entries.filter(({ subjectId }) => subjectId !== 'print-1');
	const uids = [...new Set(made.map(({ uid }) => uid))];
	const uid = uids.at(-1 - (back % Math.max(uids.length, 1))) ?? '';
	return school.make('change.undo@1', { uid, except: [] }, { actor: administrator });
});

const undoable = [
	{ weight: 5, arbitrary: create },
	{ weight: 5, arbitrary: renew },
	{ weight: 3, arbitrary: adjust },
	{ weight: 2, arbitrary: revoke },
	{ weight: 2, arbitrary: handOut },
	{ weight: 1, arbitrary: takeBack },
	{ weight: 1, arbitrary: settings },
	{ weight: 1, arbitrary: account },
	{ weight: 1, arbitrary: renewAccount },
	{ weight: 2, arbitrary: block },
	{ weight: 6, arbitrary: undoOne }
];
/** What a pupil proved the password for: it stays. */
const staying = [
	{ weight: 1, arbitrary: choosePassword },
	{ weight: 1, arbitrary: linkEmail }
];
const someThirty = { minLength: 10, maxLength: 40 };

/** Some thirty things done, one after the other; some are refused. */
export const commands: fc.Arbitrary<readonly Command[]> = fc.array(
	fc.oneof(...undoable, ...staying),
	someThirty
);

/** The same, of what the administration may undo. */
export const undoableCommands: fc.Arbitrary<readonly Command[]> = fc.array(
	fc.oneof(...undoable),
	someThirty
);
