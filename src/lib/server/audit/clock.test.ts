import { expect, it } from 'vitest';
import { appendAudit } from './audit.ts';
import { markOldErased } from './erasing.ts';
import { TestEndpoint } from '../sync/testing.ts';

const school = 'school-1';
const erasing = {
	before: '2026-01-01T00:00:00.000Z',
	at: '2026-11-21T10:00:00.000Z',
	actorId: 's'
};

/** Entries made at these moments, by the clock of then. */
async function marked(...moments: readonly string[]) {
	const endpoint = await TestEndpoint.open();
	await endpoint.addSchool(school);
	const made = {
		what: 'mutation',
		mutation: 'x@1',
		uid: 'u',
		actorId: 'a',
		refusal: null
	} as const;
	const entries = moments.map((at) => ({ body: { ...made, at }, payload: null }));
	const range = await endpoint.store.write(school, async (tx) => {
		await appendAudit(tx, entries);
		return markOldErased(tx, erasing);
	});
	await endpoint.store.close();
	return range;
}

const old = '2025-11-21T10:00:00.000Z';
const recent = '2026-11-20T10:00:00.000Z';
/** Of a machine that began without knowing the time. */
const unset = '1970-01-01T00:00:10.000Z';

it('an entry of a clock that was not set makes none before it old', async () => {
	expect(await marked(recent, recent, unset, recent, recent)).toBeNull();
	expect(await marked(old, recent, recent, unset, recent, recent)).toEqual({ from: 1, to: 1 });
	expect(await marked(old, unset, old, recent)).toEqual({ from: 1, to: 3 });
});
