import type { Id } from '#lib/domain/kernel/ids.ts';
import type { Store } from '#lib/server/store/database.ts';
import { openStore, placeFrom } from '#lib/server/store/open-store.ts';
import type { AuditBody } from '#lib/protocol/audit.ts';
import { verifyAudit } from '#lib/server/audit/verify.ts';
import { startEndpoint } from './endpoint-server.ts';
import { LoadDevice, phoneAfter, Refused } from './load-device.ts';
import { addLoadSchool, type LoadSchool } from './load-school.ts';

/** What killing the endpoint did. */
export interface KillLosses {
	readonly kills: number;
	/** Mutations that some device knows to be taken. */
	readonly acknowledged: number;
	/** A sentence for each acknowledged mutation that is not there, or not as it was answered. */
	readonly lost: readonly string[];
	/** The same for each that was run more than once, and for an audit log that does not hold. */
	readonly doubled: readonly string[];
}

/** Milliseconds from the first answer within which the endpoint is killed. */
const longestLife = 400;
const mostEditsAtOnce = 20;

/**
 * Kills the endpoint again and again while devices of two schools send all they can, each time at
 * another moment, and lets it come to rest at the end.
 *
 * @param env where the endpoint keeps its data
 */
export async function killEndpoint(
	env: Readonly<Record<string, string>>,
	kills: number,
	onKill: (kill: number) => void = () => undefined
): Promise<KillLosses> {
	const store = await openStore(placeFrom(env));
	const size = { pupils: 40, devices: 4 };
	const schools = [await addLoadSchool(store, size), await addLoadSchool(store, size)];
	await store.close();
	const devices = schools.flatMap((school) =>
		school.tokens.map((_, index) => new LoadDevice(school, index))
	);
	for (let kill = 1; kill <= kills; kill++) {
		await killOnce(env, devices);
		onKill(kill);
	}
	const endpoint = await startEndpoint(env);
	for (const device of devices) {
		await device.sync(endpoint.origin);
		device.close();
	}
	await endpoint.stop();
	return lossesOf(env, { kills, schools, devices });
}

async function killOnce(env: Readonly<Record<string, string>>, devices: readonly LoadDevice[]) {
	const endpoint = await startEndpoint(env);
	const { promise: answered, resolve } = Promise.withResolvers<undefined>();
	const work = devices.map((device) => workUntilKilled(device, endpoint.origin, resolve));
	// Devices that all fail would otherwise be waited for.
	await Promise.race([answered, Promise.all(work)]);
	await new Promise((done) => setTimeout(done, Math.random() * longestLife));
	await endpoint.kill();
	await Promise.all(work);
}

async function workUntilKilled(
	device: LoadDevice,
	origin: string,
	answered: (value: undefined) => void
): Promise<void> {
	for (;;) {
		const edits = Math.floor(Math.random() * mostEditsAtOnce);
		for (let made = device.waiting; made <= edits; made++) device.edit();
		try {
			await device.sync(origin);
			answered(undefined);
		} catch (error) {
			if (error instanceof Refused) throw error;
			return;
		}
	}
}

async function lossesOf(
	env: Readonly<Record<string, string>>,
	made: {
		readonly kills: number;
		readonly schools: readonly LoadSchool[];
		readonly devices: readonly LoadDevice[];
	}
): Promise<KillLosses> {
	const store = await openStore(placeFrom(env));
	const lost: string[] = [];
	const doubled: string[] = [];
	for (const school of made.schools) {
		const devices = made.devices.filter((device) => device.school === school);
		const runs = await runsIn(store, school.id);
		for (const { acknowledged } of devices) {
			for (const { uid, refused } of acknowledged) {
				const [first] = runs.get(uid) ?? [];
				const answered = refused === null ? 'done' : 'refused';
				if (first !== answered) lost.push(`${uid}: answered ${answered}, and is ${first}`);
			}
		}
		for (const [uid, { length }] of runs) {
			if (length > 1) doubled.push(`${uid} was run ${length} times`);
		}
		for (const edit of await editsLostIn(store, school.id, devices)) lost.push(edit);
		const { fault } = await verifyAudit(store, school.id);
		if (fault) doubled.push(`The audit log: ${fault.fault} at ${fault.seq}`);
	}
	await store.close();
	const acknowledged = made.devices.reduce((sum, device) => sum + device.acknowledged.length, 0);
	return { kills: made.kills, acknowledged, lost, doubled };
}

type Run = 'done' | 'refused';

/** How often each mutation was run: done by the audit log, refused by what became of it. */
async function runsIn(store: Store, school: Id): Promise<Map<Id, Run[]>> {
	const { entries, refused } = await store.read(school, async ({ db }) => ({
		entries: await db.selectFrom('audit').select('body').execute(),
		refused: await db.selectFrom('outcome').select('uid').where('refused', '=', 1).execute()
	}));
	const runs = new Map<Id, Run[]>(refused.map(({ uid }) => [uid, ['refused']]));
	for (const { body } of entries) {
		const entry = JSON.parse(body) as AuditBody;
		if (entry.what !== 'mutation') continue;
		runs.set(entry.uid, [...(runs.get(entry.uid) ?? []), 'done']);
	}
	return runs;
}

/** Each edit goes on from the one before it, so the record tells whether all of them were done. */
async function editsLostIn(
	store: Store,
	school: Id,
	devices: readonly LoadDevice[]
): Promise<string[]> {
	const rows = await store.read(school, ({ db }) =>
		db.selectFrom('record').select(['id', 'body']).where('kind', '=', 'pupilContact').execute()
	);
	const phones = new Map(rows.map(({ id, body }) => [id, (JSON.parse(body) as Contact).phone]));
	return devices.flatMap(({ edits }) =>
		[...edits]
			.filter(([pupil, count]) => phones.get(pupil) !== phoneAfter(count))
			.map(([pupil, count]) => `${pupil}: after ${count} edits ${phones.get(pupil)}`)
	);
}

interface Contact {
	readonly phone: string;
}
