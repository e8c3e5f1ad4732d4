import { describe, expect, it } from 'vitest';
import type { Doubt } from '#lib/domain/import/plan.ts';
import type { ImportFlow } from './flow.svelte.ts';
import { csv, FakeSession, headings, MemoryDrafts, newFlow, pupil } from './test-import.ts';

const twoPupils = [headings, '101;Aylin;Demir;3A;7-11-2015', '102;Noé;Claes;3A;8-11-2015'];
const numberTwice = [...twoPupils, '102;Finn;Maes;3B;9-11-2015'];

function doubts(flow: ImportFlow): readonly Doubt[] {
	return flow.planning?.plan?.people.flatMap((person) => person.doubts) ?? [];
}

async function chosen(session: FakeSession, ...lines: readonly string[]): Promise<ImportFlow> {
	const flow = newFlow(session);
	await flow.choose([csv(...lines)]);
	return flow;
}

describe('choosing files', () => {
	it('goes straight to the plan when every column is recognised', async () => {
		const flow = newFlow(new FakeSession());
		expect(await flow.choose([csv(...twoPupils)])).toBe('check');
		expect(flow.planning?.plan?.counts.new).toBe(2);
	});

	it('shows the columns when one of them is not recognised', async () => {
		const flow = newFlow(new FakeSession());
		const lines = [`${headings};Fietsroute`, '101;Aylin;Demir;3A;7-11-2015;noord'];
		expect(await flow.choose([csv(...lines)])).toBe('columns');
		expect(flow.tables[0]?.table.samples.at(-1)).toEqual(['noord']);
	});

	it('does not ask again what the same headings mean', async () => {
		const flow = newFlow(new FakeSession());
		const lines = ['Code;Voornaam;Achternaam;Fietsroute', '101;Aylin;Demir;noord'];
		await flow.choose([csv(...lines)]);
		expect(flow.columnsReady).toBe(false);
		flow.tables[0]?.setColumn(0, 'pupilNumber');
		expect(await flow.compare()).toBe('check');
		expect(await flow.choose([csv(...lines)])).toBe('check');
		expect(flow.planning?.plan?.people[0]?.number).toBe('101');
	});

	it('says why a file cannot be read, and lets go of what was there', async () => {
		const flow = await chosen(new FakeSession(), ...twoPupils);
		const pdf = new File(['%PDF-1.7 brief'], 'brief.pdf');
		expect(await flow.choose([pdf])).toBeNull();
		expect(flow.problem).toMatchObject({ code: 'otherKind', found: 'pdf' });
		expect(flow.begun).toBe(false);
	});

	it('never reads files that are too large for a school', async () => {
		const film = new File(['x'], 'film.csv');
		Object.defineProperty(film, 'size', { value: 4_000_000_000 });
		film.arrayBuffer = () => Promise.reject(new Error('read all the same'));
		const flow = newFlow(new FakeSession());
		await flow.choose([film]);
		expect(flow.problem?.code).toBe('tooLarge');
	});

	it('says that a file cannot be opened when it has gone since', async () => {
		const moved = csv(...twoPupils);
		moved.arrayBuffer = () => Promise.reject(new DOMException('', 'NotReadableError'));
		const flow = newFlow(new FakeSession());
		await flow.choose([moved]);
		expect(flow.problem).toEqual({ code: 'notReadable', file: 'leerlingen.csv' });
	});

	it('names many files by the first of them', async () => {
		const flow = newFlow(new FakeSession());
		const more = ['103;Siem', '104;Mila'].map((who) => csv(headings, `${who};Maes;3A;1-1-2015`));
		await flow.choose([csv(...twoPupils), ...more]);
		expect(flow.fileName).toMatch(/^leerlingen\.csv .*2/);
		expect(flow.planning?.plan?.counts.new).toBe(4);
	});
});

describe('deciding', () => {
	it('shows a decision at once, and plans with it soon after', async () => {
		const flow = await chosen(new FakeSession(), ...numberTwice);
		const [first] = doubts(flow);
		if (!flow.planning || !first) throw new Error('no doubt');
		flow.planning.decide([first], 'skip');
		expect(flow.planning.choiceOf(first)).toBe('skip');
		expect(flow.planning.plan?.counts.skipped).toBe(0);
		await expect.poll(() => flow.planning?.plan?.counts.skipped).toBe(1);
	});

	it('takes a decision back', async () => {
		const flow = await chosen(new FakeSession(), ...numberTwice);
		const [first] = doubts(flow);
		if (!flow.planning || !first) throw new Error('no doubt');
		flow.planning.decide([first], 'skip');
		await expect.poll(() => flow.planning?.plan?.counts.skipped).toBe(1);
		flow.planning.decide([first], null);
		expect(flow.planning.choiceOf(first)).toBeNull();
		await expect.poll(() => flow.planning?.plan?.counts.skipped).toBe(0);
	});

	it('decides every open doubt of a reason, and leaves what was decided already', async () => {
		const flow = await chosen(new FakeSession(), ...numberTwice);
		const [first, second] = doubts(flow);
		if (!flow.planning || !first || !second) throw new Error('no doubts');
		flow.planning.decide([first], 'takeFile');
		expect(flow.planning.decideAll('numberUsedTwice', 'skip')).toBe(1);
		expect(flow.planning.choiceOf(first)).toBe('takeFile');
		expect(flow.planning.choiceOf(second)).toBe('skip');
	});

	it('counts nobody as left until the file is said to be the whole school', async () => {
		const flow = await chosen(new FakeSession(...pupil('p', '900')), ...twoPupils);
		expect(flow.planning?.plan?.counts.left).toBe(0);
		flow.planning?.setWhole(true);
		await expect.poll(() => flow.planning?.plan?.counts.left).toBe(1);
	});
});

describe('importing', () => {
	it('changes nothing before it is asked to', async () => {
		const session = new FakeSession();
		await chosen(session, ...twoPupils);
		expect(session.numbers()).toEqual([]);
	});

	it('imports who is certain, and reports who was left out', async () => {
		const session = new FakeSession();
		const flow = await chosen(session, ...numberTwice);
		const saved = await flow.save();
		expect(session.numbers()).toEqual(['101']);
		expect(flow.report?.skipped.map(({ line }) => line)).toEqual([3, 4]);
		const run = saved.ok ? session.state.get('importRun', saved.value) : undefined;
		expect(run).toMatchObject({ added: 1, skipped: 2, fileName: 'leerlingen.csv', format: 'CSV' });
	});

	it('counts a decision that was made just before', async () => {
		const session = new FakeSession();
		const flow = await chosen(session, ...numberTwice);
		const [first] = doubts(flow);
		if (first) flow.planning?.decide([first], 'takeFile');
		await flow.save();
		expect(session.numbers()).toEqual(['101', '102']);
	});

	it('plans on the school as it is, when another tab changed it meanwhile', async () => {
		const session = new FakeSession();
		const flow = await chosen(session, ...twoPupils);
		session.put(...pupil('elsewhere', '101', 'Demir'));
		expect((await flow.save()).ok).toBe(true);
		expect(session.numbers()).toEqual(['101', '102']);
	});

	it('compares anew when another tab made who has a number somebody else meanwhile', async () => {
		const session = new FakeSession(...pupil('p', '101', 'Demir', 'Aylin'));
		const flow = await chosen(session, ...twoPupils);
		expect(doubts(flow)).toEqual([]);
		session.put(...pupil('p', '101', 'Maes', 'Finn'));
		expect((await flow.save()).ok).toBe(true);
		expect(session.state.get('pupil', 'p')?.givenName).toBe('Finn');
	});

	it('keeps everything to try again when the device is full', async () => {
		const session = new FakeSession();
		const flow = await chosen(session, ...twoPupils);
		session.refusal = { code: 'storageFull' };
		expect(await flow.save()).toEqual({ ok: false, refusal: { code: 'storageFull' } });
		session.refusal = null;
		expect((await flow.save()).ok).toBe(true);
		expect(session.numbers()).toEqual(['101', '102']);
	});
});

describe('a lock or a reload', () => {
	it('loses no decision', async () => {
		const session = new FakeSession(...pupil('p', '900'));
		const drafts = new MemoryDrafts();
		const flow = newFlow(session, drafts);
		await flow.choose([csv(...numberTwice)]);
		const [first] = doubts(flow);
		if (!flow.planning || !first) throw new Error('no doubt');
		flow.planning.decide([first], 'skip');
		flow.planning.setWhole(true);
		drafts.lock();
		flow.dispose();
		expect(flow.begun).toBe(false);

		const after = newFlow(session, drafts);
		await after.open();
		expect(after.opened).toBe(true);
		expect(after.fileName).toBe('leerlingen.csv');
		expect(after.planning?.whole).toBe(true);
		expect(after.planning?.plan?.counts).toMatchObject({ new: 1, doubt: 1, skipped: 1, left: 1 });
		await after.save();
		expect(session.numbers()).toEqual(['101', '900']);
	});

	it('brings nothing back of what was imported or thrown away', async () => {
		const session = new FakeSession();
		const drafts = new MemoryDrafts();
		const flow = newFlow(session, drafts);
		await flow.choose([csv(...twoPupils)]);
		drafts.lock();
		expect(drafts.kept.size).toBe(1);
		await flow.save();
		expect(drafts.kept.size).toBe(0);
		await flow.choose([csv(...twoPupils)]);
		flow.discard();
		drafts.lock();
		expect(drafts.kept.size).toBe(0);
	});

	it('remembers what the columns mean', async () => {
		const session = new FakeSession();
		const drafts = new MemoryDrafts();
		const lines = ['Code;Voornaam;Achternaam', '101;Aylin;Demir'];
		const flow = newFlow(session, drafts);
		await flow.choose([csv(...lines)]);
		flow.tables[0]?.setColumn(0, 'pupilNumber');
		flow.rememberColumns();
		drafts.lock();
		flow.dispose();

		const after = newFlow(session, drafts);
		await after.open();
		expect(await after.choose([csv(...lines)])).toBe('check');
	});
});
