import fc from 'fast-check';
import { signingKeyOf } from '../cards/card-key.ts';
import { currentCardOf } from '../cards/hand-out.ts';
import type { Id } from '../kernel/ids.ts';
import { leerIdOf, pupilId, weighed, type Command } from './command.ts';
import { administrator, group, pupilActor, type TestSchool } from './test-school.ts';

/** LeerIDs, their cards, and what is printed. */

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

const choosePassword = pupilId.map((pupil): Command => (school, at) => {
	const leerId = leerIdOf(school, pupil);
	const leerIdId = leerId?.id ?? 'none';
	const secrets = { fromSecretId: leerId?.secretId ?? 'none', secretId: `own-${at}` };
	const actor = pupilActor(leerIdId);
	return school.make('leerId.choosePassword@1', { leerIdId, ...secrets }, { actor });
});

const linkEmail = pupilId.map((pupil): Command => (school) => {
	const leerId = leerIdOf(school, pupil);
	const leerIdId = leerId?.id ?? 'none';
	const email = [leerId?.email ?? null, `${pupil}@school.be`] as const;
	return school.make('leerId.linkEmail@1', { leerIdId, email }, { actor: pupilActor(leerIdId) });
});

const signIn = pupilId.map((pupil): Command => (school) => {
	const leerIdId = leerIdOf(school, pupil)?.id ?? 'none';
	return school.make('leerId.signedIn@1', { leerIdId }, { actor: pupilActor(leerIdId) });
});

function cardOf(school: TestSchool, pupil: Id): Id {
	return currentCardOf(school.state, pupil)?.id ?? 'none';
}

const revoke = pupilId.map(
	(pupil): Command =>
		(school) =>
			school.make('card.revoke@1', { cardId: cardOf(school, pupil) })
);

const handOut = pupilId.map(
	(pupil): Command =>
		(school) =>
			school.make('card.handOut@1', { cardId: cardOf(school, pupil), ticked: 'scan' })
);

const takeBack = fc.tuple(pupilId, fc.boolean()).map(([pupil, own]): Command => (school) => {
	const cardId = cardOf(school, pupil);
	return school.make(
		'card.takeBack@1',
		own ? { cardId, fromActorId: administrator.id } : { cardId }
	);
});

const close = fc.boolean().map((isGroup): Command => (school, at) => {
	const target = isGroup
		? ({ of: 'group', ofId: group.id } as const)
		: ({ of: 'printRun', ofId: 'print-1' } as const);
	return school.make('handOut.close@1', { handOutId: `handOut-${at}`, ...target });
});

const rotate: Command = (school, at) => {
	const fromKeyId = signingKeyOf(school.state)?.id ?? 'none';
	const cardKeyPrivate = { kind: 'cardKeyPrivate', id: `key-${at}x`, privateKey: `${at}` } as const;
	const args = { fromKeyId, publicKey: `public-${at}`, cardKeyPrivate };
	return school.make('cardKey.rotate@1', args);
};

const startPrint: Command = (school, at) =>
	school.make('print.start@1', { printRunId: `print-x${at}`, title: 'Leeg', cardCount: 1 });

const savePrint: Command = (school) => {
	const unsaved = [...school.state.all('printRun')].find(({ savedAt }) => savedAt === null);
	return school.make('print.saved@1', { printRunId: unsaved?.id ?? 'none' });
};

export const cardCommands = {
	'leerId.create@1': weighed(10, create),
	'leerId.renew@1': weighed(10, renew),
	'leerId.adjust@1': weighed(6, adjust),
	'leerId.choosePassword@1': weighed(2, choosePassword),
	'leerId.linkEmail@1': weighed(2, linkEmail),
	'leerId.signedIn@1': weighed(1, signIn),
	'card.revoke@1': weighed(4, revoke),
	'card.handOut@1': weighed(4, handOut),
	'card.takeBack@1': weighed(2, takeBack),
	'handOut.close@1': weighed(1, close),
	'cardKey.rotate@1': weighed(1, fc.constant(rotate)),
	'print.start@1': weighed(1, fc.constant(startPrint)),
	'print.saved@1': weighed(1, fc.constant(savePrint))
} as const;
