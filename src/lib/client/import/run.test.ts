import { expect, it } from 'vitest';
import type { Id } from '#lib/domain/kernel/ids.ts';
import type { ImportRun } from '#lib/domain/import/kinds.ts';
import { ToastList } from '#lib/ui/feedback/toasts.svelte.ts';
import {
	canUndo,
	importedPeople,
	importRuns,
	previewUndo,
	undoImport,
	undoableUntil
} from './run.ts';
import { csv, FakeSession, headings, newFlow } from './test-import.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import { command, type Session } from '../session/session.svelte.ts';
import { worthlessRuns } from '../cards/worthless-cards.ts';

const file = [headings, '101;Aylin;Demir;3A;7-11-2015', '102;Noé;Claes;3A;8-11-2015'];

/** A school into which files were imported, and what the pages of the import see of it. */
async function imported(...files: readonly (readonly string[])[]) {
	const fake = new FakeSession();
	const session = Object.assign(fake, {
		toasts: new ToastList(),
		loadHistory: () => Promise.resolve()
	}) as unknown as Session;
	const runs: ImportRun[] = [];
	for (const lines of files) {
		const flow = newFlow(fake);
		await flow.choose([csv(...lines)]);
		const saved = await flow.save();
		if (!saved.ok) throw new Error(saved.refusal.code);
		const run = fake.state.get('importRun', saved.value);
		if (run) runs.push(run);
	}
	const pupilId = (number: string): Id => fake.state.find('pupilByNumber', number)[0]?.id ?? '';
	return { fake, session, runs, pupilId };
}

async function preview(session: Session, run: ImportRun | undefined) {
	const found = run ? await previewUndo(session, run) : null;
	if (!run || !found) throw new Error('no preview');
	return { run, found };
}

it('takes an import back as a whole', async () => {
	const { fake, session, runs } = await imported(file);
	const { run, found } = await preview(session, runs[0]);
	expect(found.overtaken).toEqual([]);
	expect(await undoImport(session, run, found)).toMatchObject({ ok: true });
	expect(fake.numbers()).toEqual([]);
	expect(fake.state.get('importRun', run.id)?.undoneAt).not.toBeNull();
	expect(session.toasts.items[0]?.action).not.toBeNull();
});

it('names a group that is still in use beside the person in it, and counts neither', async () => {
	const { fake, session, runs, pupilId } = await imported(file);
	await printCard(fake, pupilId('101'));
	const held = fake.state.get('leerId', 'leerId');
	if (!held) throw new Error('no LeerID');
	fake.state.apply({ puts: [{ ...held, lastSignInAt: held.createdAt }], removes: [] });
	const { run, found } = await preview(session, runs[0]);
	expect(found.overtaken).toContain(m.import_undo_group({ name: '3A' }));
	await undoImport(session, run, found);
	expect(session.toasts.items[0]?.text).toContain(m.import_undo_done_but());
});

it('counts no card that was never saved', async () => {
	const { fake, session, runs, pupilId } = await imported(file);
	await printCard(fake, pupilId('101'), false);
	const { found } = await preview(session, runs[0]);
	expect(found.revoked).toEqual([]);
});

/** Prints a card for the pupil with number 101. */
async function printCard(fake: FakeSession, pupilId: Id, isSaved = true): Promise<void> {
	const leerId = {
		leerIdId: 'leerId',
		pupilId,
		type: 'basic',
		userName: 'aylin.demir',
		passwordKind: 'word',
		secretId: 'secret',
		cardId: 'card',
		printRunId: 'print'
	} as const;
	await fake.commit([
		command('print.start@1', { printRunId: 'print', title: 'Aylin', cardCount: 1 }),
		command('leerId.create@1', leerId)
	]);
	if (isSaved) await fake.commit([command('print.saved@1', { printRunId: 'print' })]);
}

it('says how many printed cards become worthless, and whoever printed them hears it', async () => {
	const { fake, session, runs, pupilId } = await imported(file);
	await printCard(fake, pupilId('101'));
	const { run, found } = await preview(session, runs[0]);
	expect(found.overtaken).toEqual([]);
	expect(found.revoked).toHaveLength(1);
	const actorId = fake.actor.id;
	expect(worthlessRuns(fake.state, actorId, run.madeAt)).toEqual([]);
	expect(await undoImport(session, run, found)).toMatchObject({ ok: true });
	expect(fake.numbers()).toEqual([]);
	expect(session.toasts.items[0]?.text).toContain(m.app_undone_cards({ count: 1, number: '1' }));
	const at = fake.state.get('importRun', run.id)?.undoneAt ?? '';
	expect(worthlessRuns(fake.state, actorId, at)).toMatchObject([
		{ run: { id: 'print' }, count: 1 }
	]);
	expect(worthlessRuns(fake.state, 'somebody else', at)).toEqual([]);
	const later = new Date(Date.parse(at) + 31 * 24 * 60 * 60_000).toISOString();
	expect(worthlessRuns(fake.state, actorId, later)).toEqual([]);
});

it('names who uses the account since, with why, and leaves them as they are', async () => {
	const { fake, session, runs, pupilId } = await imported(file);
	await printCard(fake, pupilId('101'));
	const held = fake.state.get('leerId', 'leerId');
	if (!held) throw new Error('no LeerID');
	const used = { ...held, lastSignInAt: held.createdAt };
	fake.state.apply({ puts: [used], removes: [] });
	const { run, found } = await preview(session, runs[0]);
	const name = 'Aylin Demir · 101';
	expect(found.overtaken).toContain(m.import_undo_signed_in({ name }));
	expect(found.revoked).toEqual([]);
	expect(found.overtaken).not.toContain('Noé Claes · 102');
	await undoImport(session, run, found);
	expect(fake.numbers()).toEqual(['101']);
});

it('undoes the later of two imports without touching the earlier', async () => {
	const moved = file.map((line) => line.replace('3A', '4B'));
	const { fake, session, runs, pupilId } = await imported(file, moved);
	const groupOf = (number: string) => {
		const groupId = fake.state.get('pupil', pupilId(number))?.groupId;
		return groupId ? fake.state.get('group', groupId)?.name : undefined;
	};
	expect(groupOf('101')).toBe('4B');
	const { run, found } = await preview(session, runs[1]);
	await undoImport(session, run, found);
	expect(groupOf('101')).toBe('3A');
});

it('tells whom an import added, changed and let go', async () => {
	const changed = [headings, '102;Noé;Claes;4B;8-11-2015', '103;Siem;Maes;4B;9-11-2015'];
	const { fake, session } = await imported(file);
	const flow = newFlow(fake);
	await flow.choose([csv(...changed)]);
	flow.planning?.setWhole(true);
	await expect.poll(() => flow.planning?.plan?.counts.left).toBe(1);
	await flow.save();
	const [latest] = importRuns(fake.state);
	const people = latest ? await importedPeople(session, latest) : null;
	const outcomes = people?.map(({ number, outcome }) => [number, outcome]);
	expect(outcomes?.sort()).toEqual([
		['101', 'left'],
		['102', 'changed'],
		['103', 'new']
	]);
});

it('can undo for thirty days, once', async () => {
	const { runs } = await imported(file);
	const [run] = runs;
	if (!run) throw new Error('no run');
	const until = undoableUntil(run);
	expect(Date.parse(until) - Date.parse(run.madeAt)).toBe(30 * 24 * 60 * 60_000);
	expect(canUndo(run, run.madeAt)).toBe(true);
	expect(canUndo(run, until)).toBe(false);
	expect(canUndo({ ...run, undoneAt: run.madeAt }, run.madeAt)).toBe(false);
});
