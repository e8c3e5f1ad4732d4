import { beforeEach, expect, test, vi } from 'vitest';
import { testSession } from '#lib/client/session/test-session.ts';
import type { CardAnswer } from '#lib/domain/cards/card-answer.ts';
import { administrator, group, TestSchool } from '#lib/domain/testing/test-school.ts';
import { HandOutRun, type Told } from './hand-out-run.svelte.ts';

const answers = new Map<string, CardAnswer>();
vi.mock('#lib/client/cards/check-card.ts', () => ({
	checkCard: (_: unknown, text: string) => Promise.resolve(answers.get(text))
}));

const target = { of: 'group', ofId: group.id } as const;

/** Pupils a and b with a card each, which a scan of their letter finds current. */
function handingOut(by = administrator, school = made()) {
	const { session } = testSession(school, { actor: by });
	const heard: Told[] = [];
	const run = new HandOutRun(session, target, (told) => heard.push(told));
	const waiting = () => run.waiting.map(({ pupil }) => pupil.id);
	const received = () => run.received.map(({ pupil }) => pupil.id);
	return { school, run, heard, waiting, received };
}

function made(): TestSchool {
	const school = new TestSchool('a', 'b', 'c');
	for (const id of ['a', 'b']) {
		school.withLeerId(id);
		const card = school.state.get('credentialCard', `card-${id}-1`);
		const pupil = school.state.get('pupil', id);
		if (card && pupil) answers.set(id, { answer: 'current', card, pupil });
	}
	return school;
}

beforeEach(() => answers.clear());

test('card after card is ticked, each said at once, until all have theirs', async () => {
	const { run, heard, waiting, received } = handingOut();
	expect([waiting(), received(), run.total]).toEqual([['a', 'b'], [], 2]);
	expect(run.withoutCard.map(({ id }) => id)).toEqual(['c']);
	await Promise.all([run.scanned('a'), run.scanned('b')]);
	expect([waiting(), received()]).toEqual([[], ['a', 'b']]);
	expect(heard.map(({ tone }) => tone)).toEqual(['success', 'success']);
	expect(run.told).toMatchObject({ title: 'Abdulghani Bogdan heeft de kaart' });
});

test('a card that is shown again changes nothing, and says who had ticked it', async () => {
	const { run, school } = handingOut();
	await run.scanned('a');
	const receipt = school.state.get('cardReceipt', 'card-a-1');
	await run.scanned('a');
	expect(run.told).toMatchObject({ tone: 'info', title: 'Abdulghani Bogdan had deze kaart al' });
	expect(run.told?.detail).toContain('An Peeters');
	expect(school.state.get('cardReceipt', 'card-a-1')).toEqual(receipt);
});

test('the last can be undone, and the one before that', async () => {
	const { run, waiting } = handingOut();
	await run.scanned('a');
	await run.scanned('b');
	await run.undoLast();
	expect(waiting()).toEqual(['b']);
	await run.undoLast();
	expect(waiting()).toEqual(['a', 'b']);
	expect(run.canUndo).toBe(false);
	await run.undoLast();
	expect(waiting()).toEqual(['a', 'b']);
});

test('undo passes over what somebody else turned out to have ticked', async () => {
	const { run, school, waiting } = handingOut();
	await run.scanned('a');
	await run.scanned('b');
	const mine = school.state.get('cardReceipt', 'card-b-1');
	if (mine) school.state.apply({ puts: [{ ...mine, actorId: 'account-2' }], removes: [] });
	await run.undoLast();
	expect(waiting()).toEqual(['a']);
	expect(run.canUndo).toBe(false);
});

test('a card is ticked and unticked by hand, and the list says so', async () => {
	const { run, waiting } = handingOut();
	const [first] = run.waiting;
	if (first) await run.tick(first);
	expect(waiting()).toEqual(['b']);
	const [entry] = run.received;
	expect(entry && run.receiptText(entry.receipt)).toContain('met de hand afgevinkt');
	if (entry) await run.untick(entry);
	expect(waiting()).toEqual(['a', 'b']);
});

test('a card that no longer holds is not ticked, and says why', async () => {
	const { run, school, waiting } = handingOut();
	const card = school.state.get('credentialCard', 'card-a-1');
	const pupil = school.state.get('pupil', 'a') ?? null;
	if (card) answers.set('old', { answer: 'replaced', since: null, card, pupil });
	await run.scanned('old');
	expect(run.told).toMatchObject({ tone: 'warn', title: 'Vervangen: Abdulghani Bogdan' });
	answers.set('other', { answer: 'otherSchool' });
	await run.scanned('other');
	expect(run.told).toMatchObject({ title: 'Andere school' });
	expect(waiting()).toEqual(['a', 'b']);
});

test('a card of another group is ticked only when asked for', async () => {
	const { run, school } = handingOut();
	const pupil = school.state.get('pupil', 'b');
	if (pupil) school.state.apply({ puts: [{ ...pupil, groupId: null }], removes: [] });
	await run.scanned('b');
	expect(run.told).toMatchObject({ tone: 'warn', elsewhere: 'card-b-1' });
	expect(school.state.count('cardReceipt')).toBe(0);
	await run.anyway('card-b-1');
	expect(school.state.count('cardReceipt')).toBe(1);
});

test('what the rules refuse is told, and not counted', async () => {
	const { run, school, waiting } = handingOut();
	school.make('card.revoke@1', { cardId: 'card-a-1' });
	await run.scanned('b');
	const card = school.state.get('credentialCard', 'card-a-1');
	const pupil = school.state.get('pupil', 'a');
	if (card && pupil) await run.tick({ card, pupil, receipt: null });
	expect(run.told).toMatchObject({ tone: 'danger' });
	expect(run.told?.title).toContain('Deze kaart geldt niet meer');
	expect(waiting()).toEqual([]);
});

test('two people tick at once: each sees what the other did', async () => {
	const school = made();
	const one = handingOut(administrator, school);
	const other = handingOut({ ...administrator, id: 'account-2' }, school);
	await Promise.all([one.run.scanned('a'), other.run.scanned('a'), other.run.scanned('b')]);
	expect([one.waiting(), other.waiting()]).toEqual([[], []]);
	expect(school.state.count('cardReceipt')).toBe(2);
});

test('closing keeps how far it had come, and one may go on', async () => {
	const { run, school, waiting } = handingOut();
	await run.scanned('a');
	await run.close();
	expect(run.closed).toBe(true);
	const [closed] = school.state.all('handOut');
	expect(closed).toMatchObject({ ...target, title: group.name, received: 1, missing: 1 });
	run.reopen();
	await run.scanned('b');
	expect(waiting()).toEqual([]);
});
