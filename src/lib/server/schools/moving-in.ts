import { hasAccountAdministrator } from '#lib/domain/accounts/account-rules.ts';
import { newId } from '#lib/crypto/random.ts';
import type { AnyRecord, History } from '#lib/domain/registry/records.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import { SchoolState, type StateReader } from '#lib/domain/registry/state.ts';
import type { JoinEnd, JoinPart } from '#lib/protocol/join.ts';
import type { Keys } from '../keys.ts';
import type { SchoolTx, Store } from '../store/database.ts';
import { addKnownUids } from '../store/clients.ts';
import { loadRecords, readRecords } from '../store/records.ts';
import { setVersion, writeChange } from '../store/write-change.ts';
import { appendAudit } from '../audit/audit.ts';
import { indexHistory } from '../sync/history.ts';
import { claimInvitation, forgetFilled, invitationOf } from './invitation.ts';
import { forgetSecrets, keepSecrets } from '../sync/secret-table.ts';

/** `notFound`: no such invitation. `conflict`: it was used, or is of another school. */
export type MoveRefusal = 'notFound' | 'conflict';

export interface MovingTools {
	readonly store: Store;
	readonly keys: Keys;
	readonly clock: () => Date;
}

/**
 * Takes a part of a school that was made without an endpoint (design.md 2). It is in nobody's sight
 * until it is whole: `openSchool`.
 *
 * @param inviteHash as `schools` keeps the token of the part
 * @returns null: it is in the store
 */
export async function takePart(
	{ store, keys, clock }: MovingTools,
	{ school, part, secrets, records }: JoinPart,
	inviteHash: string
): Promise<MoveRefusal | null> {
	if (part === 0) {
		const refusal = await claimInvitation(store, { school, inviteHash });
		if (refusal) return refusal;
	}
	return store.write(school, async (tx) => {
		const invitation = await invitationOf(tx, inviteHash);
		if (!invitation) return 'notFound';
		if (!records.every((record) => isOwn(record, { id: school, number: invitation.number }))) {
			return 'conflict';
		}
		if (part === 0) await forgetFilled(tx);
		const now = clock();
		const moment = { version: tx.counter.version + 1, at: now.toISOString() };
		// A part may come twice, and so may an entry in it.
		const history = new Map(records.filter(isHistory).map((entry) => [entry.id, entry]));
		for (const { id } of await readRecords(tx, [...history.values()])) history.delete(id);
		const puts = [...records.filter((record) => !isHistory(record)), ...history.values()];
		await writeChange(tx, { puts, removes: [] }, moment);
		await indexHistory(tx, [...history.values()], moment);
		await addKnownUids(
			tx,
			records.filter(isHistory).map(({ uid }) => uid)
		);
		await setVersion(tx, moment.version);
		const ids = secrets.map(({ id }) => id);
		await forgetSecrets(tx, ids);
		await keepSecrets(tx, secrets, { keys, now: moment.at });
		return null;
	});
}

/**
 * Opens a school that has moved in, if it is whole.
 *
 * @param also what belongs to the opening, in its transaction: the password of who moves it in
 * @returns `conflict`: something is missing, and it is to be sent anew
 */
export async function openSchool(
	{ store, clock }: MovingTools,
	{ school, whole }: JoinEnd,
	opening: {
		readonly inviteHash: string;
		readonly also: (tx: SchoolTx, state: StateReader) => Promise<void>;
	}
): Promise<MoveRefusal | null> {
	return store.write(school, async (tx) => {
		if (!(await invitationOf(tx, opening.inviteHash))) return 'notFound';
		const state = new SchoolState(await loadRecords(tx));
		const records = await count(tx, 'record');
		const secrets = await count(tx, 'secret');
		const isWhole = records === whole.records && secrets === whole.secrets;
		const [own] = state.all('school');
		if (!own || !isWhole || !hasAccountAdministrator(state)) return 'conflict';
		const at = clock().toISOString();
		await appendAudit(tx, [{ body: { what: 'movedIn', at, records }, payload: null }]);
		// Whoever held any of it in memory while it was filled reads it anew.
		await tx.db.updateTable('counter').set({ epoch: newId() }).execute();
		await tx.db
			.updateTable('schools')
			.set({ state: 'open', name: own.name, invite_hash: null })
			.execute();
		await opening.also(tx, state);
		return null;
	});
}

function isOwn(record: AnyRecord, own: { readonly id: Id; readonly number: string }): boolean {
	return record.kind !== 'school' || (record.id === own.id && record.number === own.number);
}

async function count({ db }: SchoolTx, table: 'record' | 'secret'): Promise<number> {
	const { rows } = await db
		.selectFrom(table)
		.select(({ fn }) => fn.countAll().as('rows'))
		.executeTakeFirstOrThrow();
	return Number(rows);
}

function isHistory(record: AnyRecord): record is History {
	return record.kind === 'history';
}
