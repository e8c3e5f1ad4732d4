import { expect, it } from 'vitest';
import type { ImportPlanning } from '#lib/client/import/planning.svelte.ts';
import { csv, FakeSession, headings, newFlow, pupil } from '#lib/client/import/test-import.ts';
import { Review } from './review.svelte.ts';

const lines = [
	...[headings, '101;Aylin;Demir;3A;7-11-2015', '102;Noé;Claes;3A;8-11-2015'],
	...['103;Finn;Maes;3B;31-02-2015', '103;Siem;De Smet;3B;9-11-2015', '104;Zoë;Böhm;3B;x']
];

async function planned(
	session = new FakeSession()
): Promise<{ review: Review; planning: ImportPlanning }> {
	const flow = newFlow(session);
	await flow.choose([csv(...lines)]);
	if (!flow.planning) throw new Error('no plan');
	return { review: new Review(flow.planning), planning: flow.planning };
}

it('shows what asks for an answer first', async () => {
	const { review } = await planned();
	expect(review.outcome).toBe('doubt');
	expect(review.counts).toMatchObject({ new: 2, doubt: 3 });
	expect(review.doubts.map(({ person }) => person.line)).toEqual([4, 4, 5, 6]);
});

it('counts a person as decided only when every doubt is, or when the row is skipped', async () => {
	const { review, planning } = await planned();
	const [twice, unreadable] = review.doubts;
	if (!twice || !unreadable) throw new Error('no doubts');
	planning.decide([unreadable.doubt], 'withoutValue');
	expect(review.openDoubts).toBe(3);
	planning.decide([twice.doubt], 'takeFile');
	expect(review.openDoubts).toBe(2);
	planning.decide([unreadable.doubt], null);
	planning.decide([twice.doubt], 'skip');
	expect(review.openDoubts).toBe(2);
});

it('finds people by any part of name or number, whatever the accents', async () => {
	const { review } = await planned();
	review.show('new');
	review.text = 'noe cla';
	expect(review.people.map(({ number }) => number)).toEqual(['102']);
	review.text = '101';
	expect(review.people.map(({ number }) => number)).toEqual(['101']);
	review.clear();
	expect(review.people.length).toBe(2);
});

it('narrows doubts by reason and by whether they are decided', async () => {
	const { review, planning } = await planned();
	review.choose('reason', ['unreadableValue']);
	expect(review.doubts.map(({ person }) => person.line)).toEqual([4, 6]);
	const [first] = review.doubts;
	if (first) planning.decide([first.doubt], 'withoutValue');
	review.choose('decided', ['open']);
	expect(review.doubts.map(({ person }) => person.line)).toEqual([6]);
});

it('narrows what is changed by the field that changes', async () => {
	const session = new FakeSession(
		...pupil('a', '101', 'Demirel', 'Aylin'),
		...pupil('b', '102', 'Claes', 'Noé')
	);
	const { review } = await planned(session);
	review.show('changed');
	expect(review.people.length).toBe(2);
	review.choose('field', ['pupil.familyName']);
	expect(review.people.map(({ number }) => number)).toEqual(['101']);
});

it('lets nobody be called the same person in bulk', async () => {
	const { review } = await planned(new FakeSession(...pupil('a', '101')));
	const reason = review.reasons.find(({ code }) => code === 'anotherPupil');
	expect(reason?.open).toHaveLength(1);
	expect(reason?.open[0]?.choices).toContain('samePerson');
	expect(reason?.choices).toEqual(['differentPerson', 'skip']);
});

it('decides a corrected birth date in bulk as the same pupil, and makes nobody a double', async () => {
	const identity = { kind: 'pupilIdentity', id: 'a', birthDate: '2015-11-08', sex: null } as const;
	const { review, planning } = await planned(
		new FakeSession(...pupil('a', '101', 'Demir', 'Aylin'), identity)
	);
	const reason = review.reasons.find((each) => each.reason === 'otherBirthDate');
	expect(reason?.choices).toEqual(['samePerson', 'skip']);
	expect(planning.decideAll('otherBirthDate', 'differentPerson')).toBe(0);
	expect(planning.decideAll('otherBirthDate', 'samePerson')).toBe(1);
});

it('goes from doubt to doubt, around the end of the list', async () => {
	const { review, planning } = await planned();
	const ids = review.doubts.map(({ doubt }) => doubt.id);
	expect(review.nextOpen(ids[1] ?? '')?.doubt.id).toBe(ids[2]);
	expect(review.nextOpen(ids[3] ?? '')?.doubt.id).toBe(ids[0]);
	planning.decide(
		review.doubts.map(({ doubt }) => doubt),
		'skip'
	);
	expect(review.nextOpen(ids[0] ?? '')).toBeUndefined();
});
