import { newId } from '#lib/crypto/random.ts';
import type { AnyRecord } from '#lib/domain/registry/records.ts';
import type { CredentialCard, LeerId } from '#lib/domain/credentials/kinds.ts';
import type { Id, Instant } from '#lib/domain/kernel/ids.ts';
import type { PupilContact } from '#lib/domain/people/kinds.ts';
import { planImport } from '#lib/domain/import/plan-import.ts';
import { mutationsOf } from '#lib/domain/import/import-commands.ts';
import { SchoolState } from '#lib/domain/registry/state.ts';
import {
	administrator,
	firstAccount,
	school as schoolRecord
} from '#lib/domain/testing/test-school.ts';
import type { Admitted } from '#lib/server/accounts/write-as.ts';
import { startSession } from '#lib/server/accounts/sessions.ts';
import type { Store } from '#lib/server/store/database.ts';
import { addSchoolRow } from '#lib/server/store/testing/school-row.ts';
import { setVersion, writeChange } from '#lib/server/store/write-change.ts';
import { bulkRoster } from './bulk-roster.ts';

/** A school at the server that devices can work in, all of them its administrator's. */
export interface LoadSchool {
	readonly id: Id;
	/** Edits name the import that they belong to. */
	readonly importRunId: Id;
	readonly contacts: readonly PupilContact[];
	readonly records: number;
	/** A session's token for each device. */
	readonly tokens: readonly string[];
}

/**
 * Writes a school with all that a full file says of its pupils, and signs devices in. `mostRecords`
 * cuts it off there; some of the last are cards.
 */
export async function addLoadSchool(
	store: Store,
	size: { readonly pupils: number; readonly devices: number; readonly mostRecords?: number }
): Promise<LoadSchool> {
	const { pupils, devices, mostRecords } = size;
	const id = newId();
	const now = new Date();
	const at = now.toISOString();
	const { importRunId, records } = rosterRecords(pupils, at);
	const all: AnyRecord[] = [{ ...schoolRecord, id }, firstAccount, ...records];
	const puts = all.slice(0, mostRecords);
	await addSchoolRow(store, { id, at });
	return store.write(id, async (tx) => {
		await writeChange(tx, { puts, removes: [] }, { version: 1, at });
		await setVersion(tx, 1);
		const session = { deviceName: 'Chrome', vault: null, offlineHours: 72, keyHash: null, now };
		// So many checks of a password would take minutes.
		const admitted = { writing: { tx }, actor: administrator } as unknown as Admitted;
		const tokens: string[] = [];
		for (let i = 0; i < devices; i++) tokens.push(await startSession(admitted, session));
		const contacts = puts.filter((record) => record.kind === 'pupilContact');
		return { id, importRunId, contacts, records: puts.length, tokens };
	});
}

function rosterRecords(
	pupils: number,
	madeAt: Instant
): { readonly importRunId: Id; readonly records: readonly AnyRecord[] } {
	const importRunId = newId();
	const options = { today: madeAt.slice(0, 10), newId, whole: false };
	const plan = planImport(new SchoolState([schoolRecord]), bulkRoster({ pupils }), options);
	if (plan.counts.doubt > 0) throw new Error('The roster is in doubt');
	const made = { importRunId, actorId: administrator.id, madeAt, fileName: 'leerlingen.xlsx' };
	const records = mutationsOf(plan, made).flatMap(({ name, args }) =>
		name === 'import.start@1'
			? [args.run]
			: args.records.flatMap((record) => ('add' in record ? [record.add] : []))
	);
	const printRunId = newId();
	const issued = records
		.filter(({ kind }) => kind === 'pupil')
		.flatMap(({ id }) => issuedTo(id, { printRunId, madeAt }));
	return { importRunId, records: [...records, ...issued] };
}

/** A LeerID with its card. */
function issuedTo(
	pupilId: Id,
	{ printRunId, madeAt }: { readonly printRunId: Id; readonly madeAt: Instant }
): readonly AnyRecord[] {
	const secretId = newId();
	const leerId: LeerId = {
		kind: 'leerId',
		id: newId(),
		pupilId,
		type: 'basic',
		userName: `leerling.${pupilId.slice(0, 8)}`,
		passwordKind: 'word',
		secretId,
		email: null,
		mustChange: false,
		createdAt: madeAt,
		lastSignInAt: null
	};
	const card: CredentialCard = {
		kind: 'credentialCard',
		id: newId(),
		pupilId,
		leerIdId: leerId.id,
		secretId,
		printRunId,
		issue: 1,
		state: 'current',
		madeAt,
		endedAt: null
	};
	return [leerId, card];
}
