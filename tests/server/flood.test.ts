import { afterEach, beforeEach, expect, test } from 'vitest';
import { newId } from '#lib/crypto/random.ts';
import { schemaVersion } from '#lib/protocol/limits.ts';
import { parseSyncAnswer } from '#lib/protocol/sync-answer.ts';
import { quotas } from '#lib/server/limits/quotas.ts';
import { writeUsed } from '#lib/server/limits/quota-table.ts';
import { startApp, type App } from './support/app.ts';
import type { Browser, Reply } from './support/browser.ts';
import { addSchool, people, schoolId } from './support/school.ts';
import { browserOf, pass } from './support/sign-in.ts';

let app: App;
let guardian: Browser;
beforeEach(async () => {
	app = await startApp();
	await addSchool(app);
	guardian = await browserOf(app, 'guardian');
});
afterEach(() => app.stop());

const perRequest = 500;
const clientId = newId();
const actorId = people.guardian.account;

/** Mutations that a guardian may not make, each with as much text as fits its field. */
function refused(from: number, count = perRequest): readonly object[] {
	return Array.from({ length: count }, (_, at) => {
		const args = { pupilId: 'pupil-leerId-child', consent: 'x'.repeat(1_000) };
		const made = { uid: newId(), batch: null, actorId, madeAt: app.now.toISOString() };
		return { number: from + at, mutation: { name: 'guardianAccess.record@1', args, ...made } };
	});
}

function send(mutations: readonly object[], as = clientId): Promise<Reply> {
	return guardian.post('/api/sync', {
		schema: schemaVersion,
		account: actorId,
		clientId: as,
		confirmed: 0,
		cookie: null,
		mutations,
		unsent: false
	});
}

/** Sends as much as it is let; returns how many mutations were taken, and the last reply. */
async function flood(next: number): Promise<{ taken: number; last: Reply }> {
	for (let taken = 0; ; taken += perRequest) {
		const last = await send(refused(next + taken));
		if (last.status !== 200) return { taken, last };
		if (taken > 20 * perRequest) throw new Error('Nothing stops it');
	}
}

async function weight(): Promise<{ rows: number; audit: number; bytes: number }> {
	return app.endpoint.store.read(schoolId, async ({ db }) => {
		const outcomes = await db.selectFrom('outcome').selectAll().execute();
		const audit = await db.selectFrom('audit').selectAll().execute();
		const payloads = await db.selectFrom('audit_payload').selectAll().execute();
		const counts = await db.selectFrom('refused').selectAll().execute();
		const all = [outcomes, audit, payloads, counts].flat();
		const bytes = JSON.stringify(all).length;
		return { rows: all.length, audit: audit.length + payloads.length, bytes };
	});
}

test('refused mutations sent for as long as they are taken leave counts, and are bounded', async () => {
	const { mutations } = quotas.guardian;
	let next = 1;
	for (let hour = 0; hour < 3; hour++) {
		const { taken, last } = await flood(next);
		expect(last).toMatchObject({ status: 429, body: { code: 'wait' } });
		expect(taken).toBeGreaterThan(0);
		next += taken;
		pass(app, 60);
	}
	// A full bucket at first, what leaks out of it in the hours, and what the last request goes over it.
	expect(next - 1).toBeLessThanOrEqual(mutations * 3 + perRequest);
	const { rows, audit, bytes } = await weight();
	expect(audit).toBe(0);
	// An outcome each, so that none runs twice; and one row for all of their counts.
	expect(rows).toBe(next - 1 + 1);
	expect(bytes).toBeLessThan(rows * 250);
	expect((await fetch(`${app.url}/readyz`)).status).toBe(200);
});

test('an account that is over it is told until when to wait, and gets through then', async () => {
	const { taken, last } = await flood(1);
	const { retryAfter } = last.body as { retryAfter: number };
	expect(last.headers.get('retry-after')).toBe(String(retryAfter));
	const sent = refused(taken + 1, 20);
	app.now = new Date(app.now.getTime() + (retryAfter - 1) * 1_000);
	expect((await send(sent)).status).toBe(200);
});

test('another process or a restart gives nobody a fresh quota', async () => {
	const { taken } = await flood(1);
	const { store, schools } = app.endpoint;
	expect(schools.recordsInMemory).toBeGreaterThan(0);
	const rows = await store.read(schoolId, ({ db }) => db.selectFrom('quota').selectAll().execute());
	expect(rows).toMatchObject([{ account: actorId }]);
	const other = await startApp({ DATA_DIR: app.folder });
	other.now = app.now;
	const cookie = guardian.cookie;
	try {
		const there = await fetch(`${other.url}/api/sync`, {
			method: 'POST',
			headers: {
				origin: other.url,
				'content-type': 'application/json',
				cookie: cookie ?? ''
			},
			body: JSON.stringify({
				schema: schemaVersion,
				account: actorId,
				clientId,
				confirmed: 0,
				cookie: null,
				mutations: refused(taken + 1, 1),
				unsent: false
			})
		});
		expect(there.status).toBe(429);
	} finally {
		await other.stop();
	}
});

test('what was taken already is answered whatever the quota says', async () => {
	const first = refused(1);
	expect((await send(first)).status).toBe(200);
	const { taken } = await flood(perRequest + 1);
	expect((await send(refused(perRequest + taken + 1, 1))).status).toBe(429);
	const again = parseSyncAnswer((await send(first)).body);
	expect(again).toMatchObject({ kind: 'synced' });
});

test('a device that is another one each time leaves no more rows than its quota', async () => {
	const [known] = refused(1, 1);
	if (!known) throw new Error('One was asked for');
	expect((await send([known])).status).toBe(200);
	// All but ten of its hour.
	const nearly = new Date(app.now.getTime() + 59 * 60_000).toISOString();
	const used = { mutationsUntil: nearly, bytesUntil: nearly };
	await app.endpoint.store.write(schoolId, (tx) => writeUsed(tx, actorId, used));
	let taken = 1;
	while ((await send([known], newId())).status === 200) {
		if (++taken > 50) throw new Error('Nothing stops it');
	}
	expect(taken).toBe(1 + quotas.guardian.mutations / 60);
	const clients = await app.endpoint.store.read(schoolId, ({ db }) =>
		db.selectFrom('client').select('id').execute()
	);
	expect(clients).toHaveLength(taken);
});

test('an outbox far larger than the quota gets through in the end, each from its front again', async () => {
	const outbox = refused(1, 5 * perRequest);
	const started = app.now.getTime();
	for (let rounds = 0; ; rounds++) {
		expect(rounds).toBeLessThan(20);
		const wait = await sendAll(outbox);
		if (wait === 0) break;
		app.now = new Date(app.now.getTime() + wait * 1_000);
	}
	const hours = (app.now.getTime() - started) / 3_600_000;
	expect(hours).toBeLessThanOrEqual((5 * perRequest) / quotas.guardian.mutations);
	const { rows } = await weight();
	expect(rows).toBe(5 * perRequest + 1);
});

/**
 * Sends as a device's round does: all of it from its front, until it is asked to wait; returns how
 * long.
 */
async function sendAll(outbox: readonly object[]): Promise<number> {
	for (let from = 0; from < outbox.length; from += perRequest) {
		const { status, body } = await send(outbox.slice(from, from + perRequest));
		if (status === 429) return (body as { retryAfter: number }).retryAfter;
	}
	return 0;
}
