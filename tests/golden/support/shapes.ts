import type { Secrets } from '#lib/domain/credentials/secret.ts';
import type { CardAnswer } from '#lib/domain/cards/card-answer.ts';
import type { MutationName } from '#lib/domain/registry/mutations.ts';
import type { AnyRecord, History } from '#lib/domain/registry/records.ts';
import type { Id, Instant } from '#lib/domain/kernel/ids.ts';
import { declared, type Kind } from '#lib/domain/registry/kinds.ts';
import type { Refusal } from '#lib/domain/registry/refusal.ts';
import { anyRecord } from '#lib/protocol/field-shapes.ts';
import type { AuditVerdict } from '#lib/protocol/audit.ts';
import { parse } from '#lib/protocol/parse.ts';
import type { AuditTable } from '#lib/server/store/tables.ts';
import { migrate } from '#lib/domain/kernel/migrations/migrate.ts';
import { migrations } from '#lib/domain/registry/migrations.ts';
import type { StoredRecord } from '#lib/domain/kernel/migrations/steps.ts';
import type { Entry } from '#lib/vault/pages/entry.ts';
import type { Refused } from '#lib/vault/outbox/refused.ts';
import type { Dump } from './dump.ts';

/** The shapes of the golden files; all of them are JSON. */

/** `vault-….json`: a browser, and what the person who unlocks it must find. */
export interface GoldenVault {
	/** Of the records: the vault's. */
	readonly version: number;
	readonly at: Instant;
	/** `session=…`, where somebody is signed in. */
	readonly cookie: string | null;
	readonly records: readonly AnyRecord[];
	/** Passwords that the device gives back. */
	readonly secrets: Secrets;
	readonly waiting: readonly Entry[];
	readonly refused: readonly Refused[];
	readonly dump: Dump;
}

/** Beside a database of a server: what must be found in it. */
export interface GoldenServer {
	/** Of the records, as a vault of that day counts them. */
	readonly version: number;
	readonly at: Instant;
	readonly records: readonly AnyRecord[];
	/** Rows of each table. */
	readonly rows: Readonly<Record<string, number>>;
	readonly audit: AuditVerdict;
	/** Which mutations the audit log tells of. */
	readonly mutations: readonly string[];
}

/** `history.json` */
export interface GoldenHistory {
	readonly version: number;
	readonly at: Instant;
	/** The school that the history is of. */
	readonly records: readonly AnyRecord[];
	readonly entries: Readonly<Record<MutationName, readonly History[]>>;
	/** An entry for each kind that says that a record of it was removed. */
	readonly removals: Readonly<Record<Kind, History>>;
	/** Mutations that removed something, newest first, and what came of undoing each after those before it. */
	readonly undone: readonly { readonly uid: Id; readonly refusal: Refusal | null }[];
}

/** `audit.json`: the chain, and what lies beside it; null where that was erased. */
export interface GoldenAuditEntry extends AuditTable {
	readonly payload: string | null;
	readonly salt: string | null;
}

/** `cards.json` */
export interface GoldenCard {
	readonly text: string;
	/** Of the key that signed it. */
	readonly publicKey: string;
	readonly answer: CardAnswer;
}

/** Those that are no whole record of today: a field is missing, or one that nobody knows. */
export function notOfToday(records: readonly AnyRecord[]): readonly AnyRecord[] {
	return records.filter(
		(record) =>
			parse(anyRecord, record) === null ||
			!Object.keys(declared(record.kind).fields).every((field) => Object.hasOwn(record, field))
	);
}

/** Records of a version as they are now. */
export function asNow(records: readonly AnyRecord[], version: number): AnyRecord[] {
	const stored = records as unknown as readonly StoredRecord[];
	return migrate(stored, { from: version, chain: migrations }) as unknown as AnyRecord[];
}
