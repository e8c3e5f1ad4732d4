import fc from 'fast-check';
import { signingKeyOf } from '#lib/domain/cards/card-key.ts';
import { currentCardOf } from '#lib/domain/cards/hand-out.ts';
import type { Secrets } from '#lib/domain/credentials/secret.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import { anyOf, command, often, seldom, word, type Deed, type Sight } from './deed.ts';
import type { Command } from '../device.ts';
import { pupilIds } from '../school.ts';

/** The deeds of the administration about LeerIDs, their cards and what is printed. */

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

export const cardDeeds = {
	'leerId.create@1': often(card, 2),
	'leerId.renew@1': often(card, 2),
	'leerId.adjust@1': often(adjusting, 2),
	'card.revoke@1': often(
		withCard((cardId) => command('card.revoke@1', { cardId })),
		2
	),
	'card.handOut@1': often(
		withCard((cardId) => command('card.handOut@1', { cardId, ticked: 'scan' }))
	),
	'card.takeBack@1': often(
		withCard((cardId) => command('card.takeBack@1', { cardId })),
		2
	),
	'handOut.close@1': seldom(closing),
	'cardKey.rotate@1': seldom(rotating),
	'print.start@1': seldom(starting),
	'print.saved@1': seldom(saving)
} as const;
