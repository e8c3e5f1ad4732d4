import fc from 'fast-check';
import type { ArgsOf, MutationName } from '#lib/domain/registry/mutations.ts';
import { enrolmentRecord, pupilRecord } from '#lib/domain/testing/test-school.ts';
import { accountDeeds } from './account-deeds.ts';
import { cardDeeds } from './card-deeds.ts';
import { anyOf, command, often, seldom, type Deed, type Sight, type Weighed } from './deed.ts';
import type { Command } from '../device.ts';
import { founding, groupIds, importRun, pupilIds } from '../school.ts';

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

/** A birth date that was wrong, or somebody else in the same place: a person has to say so. */
const correction = fc
	.tuple(anyOf(pupilIds), fc.boolean())
	.map(([id, isDecided]): Deed => ({ state, actor, at }) => {
		const pupil = state.get('pupil', id);
		const run = importRun(`import-${at}`, actor.id);
		const edit = {
			givenName: [pupil?.givenName ?? '', `Naam${at}`],
			familyName: [pupil?.familyName ?? '', `Ander${at}`]
		} as const;
		const records = [{ kind: 'pupil', id, edit }] as const;
		const decided = isDecided ? [id] : [];
		return [
			command('import.start@1', { run }),
			command('import.write@2', { importRunId: run.id, records, decided })
		];
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

/** How each mutation comes to be asked for; a new one has to say how. */
const deeds: Readonly<Record<MutationName, Weighed>> = {
	...accountDeeds,
	...cardDeeds,
	'school.create@1': seldom(secondFounding),
	'school.changeSettings@1': often(fc.oneof(setting, name)),
	'import.start@1': often(move),
	'import.write@1': often(arrival, 2),
	'import.write@2': seldom(correction),
	'change.undo@1': often(undo, 5)
};

export const deed: fc.Arbitrary<Deed> = fc.oneof(...Object.values(deeds));

/** Every mutation as often as any other. */
export const evenDeed: fc.Arbitrary<Deed> = fc.oneof(
	...Object.values(deeds).map(({ arbitrary }) => arbitrary)
);

export const mutationNames = Object.keys(deeds) as readonly MutationName[];
