import fc from 'fast-check';
import { currentCardOf } from '#lib/domain/cards/hand-out.ts';
import { signingKeyOf } from '#lib/domain/cards/card-key.ts';
import type { Secret, Secrets } from '#lib/domain/leer-id/secret.ts';
import type { Actor } from '#lib/domain/mutation.ts';
import type { ArgsOf, MutationName } from '#lib/domain/mutators.ts';
import type { Id } from '#lib/domain/records.ts';
import type { SchoolState } from '#lib/domain/state/school-state.ts';
import { enrolmentRecord, firstAccount, pupilRecord } from '#lib/domain/test-school.ts';
import type { Command } from './device.ts';
import {
	adultId,
	cast,
	deputyId,
	founding,
	groupIds,
	guardianId,
	headId,
	importRun,
	pupilIds,
	teacherId
} from './school.ts';

/** What somebody sees when they do something; `at` is new each time. */
export interface Sight {
	readonly state: SchoolState;
	readonly actor: Actor;
	readonly at: string;
}

/** Something that a person does at a device, all of it or nothing. */
export type Deed = (sight: Sight) => readonly Command[];

function command<Name extends MutationName>(
	name: Name,
	args: ArgsOf<Name>,
	secrets?: Secrets
): Command {
	return { name, args, ...(secrets && { secrets }) };
}

const anyOf = <T>(items: readonly T[]) => fc.constantFrom(...items);
/** Never the head's: somebody must be left who lets the others in again. */
const others = anyOf(cast.filter((id) => id !== headId));
const staffAndGuardians = anyOf([teacherId, deputyId, guardianId]);

const setting = fc.integer({ min: 5, max: 9 }).map((minutes): Deed => ({ state }) => {
	const now = [...state.all('school')][0]?.lockAfterMinutes ?? 0;
	return [command('school.changeSettings@1', { edit: { lockAfterMinutes: [now, minutes] } })];
});

const name = anyOf(['De Sleutel', 'De Wegwijzer']).map((to): Deed => ({ state }) => {
	const from = [...state.all('school')][0]?.name ?? '';
	return [command('school.changeSettings@1', { edit: { name: [from, to] } })];
});

const move = fc.tuple(anyOf(pupilIds), anyOf(groupIds)).map(([id, to]): Deed => (sight) => {
	const from = sight.state.get('pupil', id)?.groupId ?? null;
	return imported(sight, [{ kind: 'pupil', id, edit: { groupId: [from, to] } }]);
});

const arrival = anyOf(groupIds).map((groupId): Deed => (sight) => {
	const id = `pupil-${sight.at}`;
	return imported(sight, [
		{ add: pupilRecord(id, { groupId }) },
		{ add: enrolmentRecord(id, { id: `enrolment-${id}` }) }
	]);
});

function imported(
	{ actor, at }: Sight,
	records: ArgsOf<'import.write@1'>['records']
): readonly Command[] {
	const run = importRun(`import-${at}`, actor.id);
	return [
		command('import.start@1', { run }),
		command('import.write@1', { importRunId: run.id, records })
	];
}

const hiring = fc.tuple(anyOf(['teacher', 'scheduler'] as const), fc.boolean()).map(
	([role, hasPassword]): Deed =>
		({ at }) => {
			const secretId = hasPassword ? `secret-${at}` : null;
			const staff = { role, rights: [], userName: `staff${at}`, id: `account-new-${at}` };
			const secrets = secretId === null ? undefined : { [secretId]: word('geheim-woord') };
			const account = { ...firstAccount, ...staff, secretId };
			return [command('account.create@1', { account }, secrets)];
		}
);

/** Grants given and taken: what the teacher sees, and what the deputy may do. */
const teaching = fc.subarray([...groupIds]).map((to): Deed => ({ state }) => {
	const from = state.get('account', teacherId)?.groupIds ?? [];
	return [command('account.edit@1', { accountId: teacherId, edit: { groupIds: [from, to] } })];
});

const rights = fc
	.subarray(['cards', 'import', 'leerId'] as const)
	.map((to): Deed => ({ state }) => {
		const from = state.get('account', deputyId)?.rights ?? [];
		return [command('account.edit@1', { accountId: deputyId, edit: { rights: [from, to] } })];
	});

const role = anyOf(['administration', 'scheduler'] as const).map((to): Deed => ({ state }) => {
	const from = state.get('account', deputyId)?.role ?? 'administration';
	return [command('account.edit@1', { accountId: deputyId, edit: { role: [from, to] } })];
});

const ending = staffAndGuardians.map(
	(accountId): Deed =>
		() => [command('account.archive@1', { accountId })]
);

/** An account that was archived may sign in again. */
export function reopening(accountId: Id): Deed {
	return ({ state, at }) => {
		const account = state.get('account', accountId);
		if (!account || account.archivedAt === null) return [];
		const args = { accountId, fromSecretId: account.secretId, secretId: `secret-${at}` };
		return [command('account.reopen@1', args, { [args.secretId]: word('geheim-woord') })];
	};
}

/** Whom the administration blocked may sign in again. */
export function unblocking(accountId: Id): Deed {
	return ({ state }) =>
		state.get('signInBlock', accountId) ? [command('signIn.unblock@1', { accountId })] : [];
}

const renewal = staffAndGuardians.map((accountId): Deed => ({ state, at }) => {
	const fromSecretId = state.get('account', accountId)?.secretId ?? null;
	const args = { accountId, fromSecretId, secretId: `secret-${at}` };
	return [command('account.renew@1', args, { [args.secretId]: word('geheim-woord') })];
});

/** Cards for a pupil: what is issued, between the start of a print and its end. */
function printing(
	{ at }: Sight,
	isSaved: boolean,
	issue: (issued: { secretId: Id; cardId: Id; printRunId: Id }, secrets: Secrets) => Command
): readonly Command[] {
	const issued = { secretId: `secret-${at}`, cardId: `card-${at}`, printRunId: `print-${at}` };
	const { printRunId } = issued;
	const start = command('print.start@1', { printRunId, title: 'Test', cardCount: 1 });
	const made = issue(issued, { [issued.secretId]: word('zal659') });
	return [start, made, ...(isSaved ? [command('print.saved@1', { printRunId })] : [])];
}

const card = fc.tuple(anyOf(pupilIds), fc.boolean()).map(([pupilId, isSaved]): Deed => (sight) => {
	const { state, at } = sight;
	const [leerId] = state.find('leerIdByPupil', pupilId);
	return printing(sight, isSaved, (issued, secrets) => {
		if (leerId) {
			const args = { ...issued, leerIdId: leerId.id, fromSecretId: leerId.secretId };
			return command('leerId.renew@1', args, secrets);
		}
		const ids = { leerIdId: `leerId-${at}`, pupilId, userName: `user.${pupilId}` };
		const args = { ...issued, ...ids, type: 'basic', passwordKind: 'word' } as const;
		return command('leerId.create@1', args, secrets);
	});
});

const adjusting = fc.tuple(anyOf(pupilIds), fc.nat(2)).map(([pupilId, n]): Deed => (sight) => {
	const [leerId] = sight.state.find('leerIdByPupil', pupilId);
	if (!leerId) return [];
	const { id: leerIdId, secretId: fromSecretId, userName, type } = leerId;
	return printing(sight, true, (issued, secrets) => {
		const args = {
			...issued,
			leerIdId,
			fromSecretId,
			userName: [userName, `user${n}.${pupilId}`],
			passwordKind: type === 'basic' ? 'image' : 'temporary'
		} as const;
		return command('leerId.adjust@1', args, secrets);
	});
});

/** A password that only the endpoint can judge. */
const ownPassword = anyOf(['long enough', 'short']).map((text): Deed => ({ state, actor, at }) => {
	const account = state.get('account', actor.id);
	if (!account) return [];
	const args = { accountId: actor.id, fromSecretId: account.secretId, secretId: `secret-${at}` };
	return [command('account.choosePassword@1', args, { [args.secretId]: word(text) })];
});

/** Of a pupil; another's, where it is somebody else who asks. */
function leerIdOf({ state, actor }: Sight) {
	return state.get('leerId', actor.id) ?? state.get('leerId', adultId);
}

const pupilsPassword = anyOf(['long enough', 'short']).map((text): Deed => (sight) => {
	const leerId = leerIdOf(sight);
	if (!leerId) return [];
	const secretId = `secret-${sight.at}`;
	const args = { leerIdId: leerId.id, fromSecretId: leerId.secretId ?? 'none', secretId };
	return [command('leerId.choosePassword@1', args, { [secretId]: word(text) })];
});

/** Only the endpoint's own door knows that a mail was answered: over sync it is refused. */
const ownEmail: Deed = ({ state, actor, at }) => {
	const from = state.get('account', actor.id)?.email ?? null;
	const email = [from, `mail${at}@school.be`] as const;
	return [command('account.changeEmail@1', { accountId: actor.id, email })];
};

const pupilsEmail: Deed = (sight) => {
	const leerId = leerIdOf(sight);
	const email = [leerId?.email ?? null, `mail${sight.at}@school.be`] as const;
	return leerId ? [command('leerId.linkEmail@1', { leerIdId: leerId.id, email })] : [];
};

const signingIn: Deed = (sight) => [
	command('leerId.signedIn@1', { leerIdId: leerIdOf(sight)?.id ?? adultId })
];

const blocking = others.map(
	(accountId): Deed =>
		() => [command('signIn.block@1', { accountId, cause: 'administration' })]
);

const reporting: Deed = ({ at }) => [
	command('signIn.report@1', { reportId: `report-${at}`, accountId: guardianId })
];

const settling: Deed = ({ state }) => {
	const [report] = state.all('signInReport');
	return [command('signIn.settleReport@1', { reportId: report?.id ?? 'report-0' })];
};

const choosingAccess = fc.boolean().map((allowed): Deed => (sight) => {
	const pupilId = leerIdOf(sight)?.pupilId ?? 'p4';
	return [command('guardianAccess.choose@1', { pupilId, allowed })];
});

const recordingAccess = fc.boolean().map((allowed): Deed => ({ state }) => {
	const seen = state.get('guardianAccess', 'p4')?.decidedAt ?? null;
	const args = { pupilId: 'p4', allowed, consent: 'Op papier', seen };
	return [command('guardianAccess.record@1', args)];
});

function withCard(made: (cardId: Id) => Command): fc.Arbitrary<Deed> {
	return anyOf(pupilIds).map((pupilId): Deed => ({ state }) => {
		const found = currentCardOf(state, pupilId);
		return found ? [made(found.id)] : [];
	});
}

const closing = fc.boolean().map((isGroup): Deed => ({ state, at }) => {
	const [run] = state.all('printRun');
	const target = isGroup || !run ? ({ of: 'group', ofId: 'g1' } as const) : null;
	const of = target ?? ({ of: 'printRun', ofId: run?.id ?? '' } as const);
	return [command('handOut.close@1', { handOutId: `handOut-${at}`, ...of })];
});

const rotating: Deed = ({ state, at }) => {
	const fromKeyId = signingKeyOf(state)?.id ?? 'key-1';
	const cardKeyPrivate = { kind: 'cardKeyPrivate', id: `key-${at}`, privateKey: `p${at}` } as const;
	return [command('cardKey.rotate@1', { fromKeyId, publicKey: `k${at}`, cardKeyPrivate })];
};

const starting: Deed = ({ at }) => [
	command('print.start@1', { printRunId: `print-${at}`, title: 'Leeg', cardCount: 1 })
];

const saving: Deed = ({ state }) => {
	const unsaved = [...state.all('printRun')].find(({ savedAt }) => savedAt === null);
	return unsaved ? [command('print.saved@1', { printRunId: unsaved.id })] : [];
};

const undo = fc.nat(6).map((back): Deed => ({ state }) => {
	const uids = [...new Set(Array.from(state.all('history'), ({ uid }) => uid))];
	const uid = uids.at(-1 - (back % Math.max(uids.length, 1)));
	return uid === undefined ? [] : [command('change.undo@1', { uid, except: [] })];
});

/** A school is made once, and this one was. */
const secondFounding: Deed = ({ actor }) => {
	const account = { ...founding.account, id: actor.id };
	return [command('school.create@1', { ...founding, account })];
};

interface Weighed {
	readonly weight: number;
	readonly arbitrary: fc.Arbitrary<Deed>;
}

const often = (arbitrary: fc.Arbitrary<Deed>, weight = 3): Weighed => ({ weight, arbitrary });
const seldom = (one: Deed | fc.Arbitrary<Deed>): Weighed => ({
	weight: 1,
	arbitrary: typeof one === 'function' ? fc.constant(one) : one
});

/** How each mutation comes to be asked for; a new one has to say how. */
const deeds: Readonly<Record<MutationName, Weighed>> = {
	'school.create@1': seldom(secondFounding),
	'school.changeSettings@1': often(fc.oneof(setting, name)),
	'account.create@1': seldom(hiring),
	'account.edit@1': often(fc.oneof(teaching, rights, role), 5),
	'account.archive@1': often(ending, 2),
	'account.renew@1': seldom(renewal),
	'account.reopen@1': seldom(staffAndGuardians.map(reopening)),
	'account.choosePassword@1': often(ownPassword, 2),
	'account.changeEmail@1': seldom(ownEmail),
	'signIn.block@1': seldom(blocking),
	'signIn.unblock@1': seldom(others.map(unblocking)),
	'signIn.report@1': seldom(reporting),
	'signIn.settleReport@1': seldom(settling),
	'guardianAccess.choose@1': seldom(choosingAccess),
	'guardianAccess.record@1': seldom(recordingAccess),
	'leerId.create@1': often(card, 2),
	'leerId.renew@1': often(card, 2),
	'leerId.adjust@1': seldom(adjusting),
	'leerId.choosePassword@1': seldom(pupilsPassword),
	'leerId.linkEmail@1': seldom(pupilsEmail),
	'leerId.signedIn@1': seldom(signingIn),
	'card.revoke@1': seldom(withCard((cardId) => command('card.revoke@1', { cardId }))),
	'card.handOut@1': seldom(
		withCard((cardId) => command('card.handOut@1', { cardId, ticked: 'scan' }))
	),
	'card.takeBack@1': seldom(withCard((cardId) => command('card.takeBack@1', { cardId }))),
	'handOut.close@1': seldom(closing),
	'cardKey.rotate@1': seldom(rotating),
	'print.start@1': seldom(starting),
	'print.saved@1': seldom(saving),
	'import.start@1': often(move),
	'import.write@1': often(arrival, 2),
	'change.undo@1': often(undo, 5)
};

export const deed: fc.Arbitrary<Deed> = fc.oneof(...Object.values(deeds));

/** Every mutation as often as any other. */
export const evenDeed: fc.Arbitrary<Deed> = fc.oneof(
	...Object.values(deeds).map(({ arbitrary }) => arbitrary)
);

export const mutationNames = Object.keys(deeds) as readonly MutationName[];

function word(text: string): Secret {
	return { kind: 'word', text };
}
