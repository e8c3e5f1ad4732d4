import fc from 'fast-check';
import type { Actor } from '#lib/domain/mutation.ts';
import type { ArgsOf, MutationName } from '#lib/domain/mutators.ts';
import type { Id, ImportRun } from '#lib/domain/records.ts';
import type { Secret, Secrets } from '#lib/domain/leer-id/secret.ts';
import type { SchoolState } from '#lib/domain/state/school-state.ts';
import { enrolmentRecord, pupilRecord } from '#lib/domain/test-school.ts';
import type { Command } from './device.ts';
import { groupIds, pupilIds, teacherId, deputyId } from './school.ts';

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
	const file = { fileName: '', format: '', whole: false, undoneAt: null };
	const counts = { added: 0, changed: 0, left: 0, skipped: 0 };
	const run: ImportRun = {
		kind: 'importRun',
		id: `import-${at}`,
		madeAt: '2026-11-21T10:00:00.000Z',
		actorId: actor.id,
		...file,
		...counts
	};
	return [
		command('import.start@1', { run }),
		command('import.write@1', { importRunId: run.id, records })
	];
}

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

const ending = anyOf([teacherId, deputyId]).map((accountId): Deed => (sight) => {
	const back = reopening(accountId)(sight);
	return back.length > 0 ? back : [command('account.archive@1', { accountId })];
});

/** An account that was archived may sign in again. */
export function reopening(accountId: Id): Deed {
	return ({ state, at }) => {
		const account = state.get('account', accountId);
		if (!account || account.archivedAt === null) return [];
		const args = { accountId, fromSecretId: account.secretId, secretId: `secret-${at}` };
		return [command('account.reopen@1', args, { [args.secretId]: word('geheim-woord') })];
	};
}

/** A card for a pupil: the first, or the next. */
const card = fc.tuple(anyOf(pupilIds), fc.boolean()).map(([pupilId, isSaved]): Deed => (sight) => {
	const { state, at } = sight;
	const issued = { secretId: `secret-${at}`, cardId: `card-${at}`, printRunId: `print-${at}` };
	const secrets = { [issued.secretId]: word('zal659') };
	const [leerId] = state.find('leerIdByPupil', pupilId);
	const made: Command = leerId
		? command(
				'leerId.renew@1',
				{ ...issued, leerIdId: leerId.id, fromSecretId: leerId.secretId },
				secrets
			)
		: command(
				'leerId.create@1',
				{
					...issued,
					leerIdId: `leerId-${at}`,
					pupilId,
					type: 'basic',
					userName: `user.${pupilId}`,
					passwordKind: 'word'
				},
				secrets
			);
	const { printRunId } = issued;
	const start = command('print.start@1', { printRunId, title: 'Test', cardCount: 1 });
	return [start, made, ...(isSaved ? [command('print.saved@1', { printRunId })] : [])];
});

/** A password that only the endpoint can judge. */
const ownPassword = anyOf(['long enough', 'short']).map((text): Deed => ({ state, actor, at }) => {
	const account = state.get('account', actor.id);
	if (!account) return [];
	const args = { accountId: actor.id, fromSecretId: account.secretId, secretId: `secret-${at}` };
	return [command('account.choosePassword@1', args, { [args.secretId]: word(text) })];
});

const undo = fc.nat(6).map((back): Deed => ({ state }) => {
	const uids = [...new Set(Array.from(state.all('history'), ({ uid }) => uid))];
	const uid = uids.at(-1 - (back % Math.max(uids.length, 1)));
	return uid === undefined ? [] : [command('change.undo@1', { uid, except: [] })];
});

export const deed: fc.Arbitrary<Deed> = fc.oneof(
	{ weight: 3, arbitrary: setting },
	{ weight: 1, arbitrary: name },
	{ weight: 3, arbitrary: move },
	{ weight: 2, arbitrary: arrival },
	{ weight: 3, arbitrary: teaching },
	{ weight: 2, arbitrary: rights },
	{ weight: 1, arbitrary: role },
	{ weight: 2, arbitrary: ending },
	{ weight: 4, arbitrary: card },
	{ weight: 2, arbitrary: ownPassword },
	{ weight: 4, arbitrary: undo }
);

function word(text: string): Secret {
	return { kind: 'word', text };
}
