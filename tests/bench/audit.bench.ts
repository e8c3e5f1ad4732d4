import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openStore } from '#lib/server/store/open-store.ts';
import { addSchoolRow } from '#lib/server/store/testing/school-row.ts';
import { appendAudit } from '#lib/server/audit/audit.ts';
import { verifyAudit } from '#lib/server/audit/verify.ts';
import { figure, report } from './support/report.ts';

const [given, making] = process.argv.slice(2);
/** Some years of a school of 5,000 pupils. */
const entries = Number(given ?? 2_000_000);
const school = 'AAAAAAAAAAAAAAAAAAAAAA';
const firstDay = Date.parse('2026-09-01T08:00:00.000Z');

/** A chain of its own process's making, so that none of that counts as memory of verifying. */
async function measure(): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'audit-'));
	const file = join(folder, 'store.sqlite');
	const own = fileURLToPath(import.meta.url);
	const made = spawnSync(process.execPath, [own, String(entries), file], { stdio: 'inherit' });
	if (made.status !== 0) throw new Error('The chain was not made');
	const store = await openStore({ kind: 'file', file });
	// The store's own cache, of 32 MB, is full in every process that has run for a while.
	await store.read(school, ({ db }) =>
		db
			.selectFrom('audit')
			.select(({ fn }) => fn.max('hash').as('last'))
			.execute()
	);
	const watch = new Watch();
	const startedAt = performance.now();
	const verdict = await verifyAudit(store, school);
	const elapsed = performance.now() - startedAt;
	const { rise, longest } = watch.end();
	if (verdict.entries !== entries || verdict.fault) throw new Error(JSON.stringify(verdict));
	await store.close();
	rmSync(folder, { recursive: true });
	report([
		figure(`audit-verify-${entries}`, elapsed, 'ms'),
		figure('audit-verify-memory', rise, 'MB'),
		figure('audit-verify-turn', longest, 'ms')
	]);
}

/** The payloads of the older half are gone, which one entry says. */
async function make(file: string): Promise<void> {
	const store = await openStore({ kind: 'file', file });
	await addSchoolRow(store, { id: school, at: new Date(firstDay).toISOString() });
	const atOnce = 10_000;
	const erased = Math.floor(entries / 2);
	for (let done = 0; done < entries - 1; done += atOnce) {
		const count = Math.min(atOnce, entries - 1 - done);
		const some = Array.from({ length: count }, (_, index) => entryOf(done + index));
		await store.write(school, (tx) => appendAudit(tx, some));
	}
	await store.write(school, async (tx) => {
		await tx.db.deleteFrom('audit_payload').where('seq', '<=', erased).execute();
		const at = atOf(entries);
		const body = { what: 'erased', at, actorId: 'system', seq: 1, to: erased } as const;
		await appendAudit(tx, [{ body, payload: null }]);
	});
	await store.close();
}

function entryOf(which: number) {
	const uid = String(which).padStart(22, 'u');
	const phone = ['0470000000', String(470_000_000 + which)];
	const records = [{ kind: 'pupilContact', id: `pupil-${which % 5_000}`, edit: { phone } }];
	const made = { uid, actorId: 'account-1', refusal: null };
	return {
		body: { what: 'mutation', at: atOf(which), mutation: 'import.write@1', ...made },
		payload: { importRunId: 'run', records }
	} as const;
}

function atOf(which: number): string {
	return new Date(firstDay + which * 60_000).toISOString();
}

/** How much memory there is at most, and the longest that this thread computes in one turn. */
class Watch {
	readonly #before = process.memoryUsage.rss();
	#peak = this.#before;
	#longest = 0;
	#last = process.threadCpuUsage();
	#ended = false;

	constructor() {
		setImmediate(this.#turn);
	}

	/** MB and milliseconds. */
	end(): { readonly rise: number; readonly longest: number } {
		this.#turn();
		this.#ended = true;
		return { rise: (this.#peak - this.#before) / 1e6, longest: this.#longest };
	}

	readonly #turn = (): void => {
		const now = process.threadCpuUsage();
		const took = now.user + now.system - this.#last.user - this.#last.system;
		this.#longest = Math.max(this.#longest, took / 1_000);
		this.#last = now;
		this.#peak = Math.max(this.#peak, process.memoryUsage.rss());
		if (!this.#ended) setImmediate(this.#turn);
	};
}

if (making === undefined) await measure();
else await make(making);
