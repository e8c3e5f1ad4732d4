import type { AnyRecord } from '#lib/domain/registry/records.ts';
import { foundSchool } from '#lib/server/schools/founding.ts';
import { openSchool, takePart } from '#lib/server/schools/moving-in.ts';
import { keepSecrets } from '#lib/server/sync/secret-table.ts';
import type { TestEndpoint } from '#lib/server/sync/testing.ts';
import { setVersion, writeChange } from '#lib/server/store/write-change.ts';
import { founding, grownSchool, headId, schoolId } from './school.ts';

/** How the school came to the endpoint: from an older one, from a device, or made on the spot. */
export type Beginning = 'wasThere' | 'movedIn' | 'founded';

const inviteHash = 'hash';
const token = 'token-AAAAAAAAAAAAAAAAAA';
const also = () => Promise.resolve();

export async function beginSchool(endpoint: TestEndpoint, beginning: Beginning): Promise<void> {
	switch (beginning) {
		case 'wasThere':
			await endpoint.addSchool(schoolId);
			return bring(endpoint, isNoHistory);
		case 'movedIn':
			return moveIn(endpoint);
		case 'founded':
			await invite(endpoint);
			return found(endpoint);
	}
}

async function moveIn(endpoint: TestEndpoint): Promise<void> {
	await invite(endpoint);
	const { records, secrets } = grownSchool();
	const { store, keys } = endpoint;
	const tools = { store, keys, clock: () => endpoint.now };
	const part = { token, school: schoolId, part: 0, records, secrets };
	const whole = { records: records.length, secrets: secrets.length };
	const refusal =
		(await takePart(tools, part, inviteHash)) ??
		(await openSchool(tools, { token, school: schoolId, whole }, { inviteHash, also }));
	if (refusal) throw new Error(refusal);
}

async function found(endpoint: TestEndpoint): Promise<void> {
	const made = { uid: 'founding', batch: null, actorId: headId };
	const madeAt = endpoint.now.toISOString();
	const mutation = { name: 'school.create@1', args: founding, ...made, madeAt };
	const founded = await foundSchool(endpoint, { mutation, inviteHash, also });
	if (!founded.ok) throw new Error(JSON.stringify(founded.why));
	const isThere = ['school', 'cardKey', 'cardKeyPrivate'];
	await bring(endpoint, (record) => isNoHistory(record) && !isThere.includes(record.kind));
}

function isNoHistory({ kind }: AnyRecord): boolean {
	return kind !== 'history';
}

/** People and cards, of whom nobody can say any more who put them in. */
async function bring(
	{ store, keys, now }: TestEndpoint,
	which: (record: AnyRecord) => boolean
): Promise<void> {
	const { records, secrets } = grownSchool();
	await store.write(schoolId, async (tx) => {
		const moment = { version: tx.counter.version + 1, at: now.toISOString() };
		await writeChange(tx, { puts: records.filter(which), removes: [] }, moment);
		await setVersion(tx, moment.version);
		await keepSecrets(tx, secrets, { keys, now: moment.at });
	});
}

function invite({ store, now }: TestEndpoint): Promise<unknown> {
	const row = { id: 'invited', number: founding.school.number, name: '', invite_hash: inviteHash };
	return store.writeOutside(({ db }) =>
		db
			.insertInto('schools')
			.values({ ...row, state: 'invited', made_at: now.toISOString() })
			.execute()
	);
}
