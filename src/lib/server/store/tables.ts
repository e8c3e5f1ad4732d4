import type { Instant, Id } from '#lib/domain/kernel/ids.ts';
import type { Kind } from '#lib/domain/registry/kinds.ts';
import type { Scope } from '#lib/domain/registry/scopes.ts';

/**
 * The tables as statements see them. No table of a school shows its column `school`: the store adds
 * it to every statement and every row (one-school.ts). Columns named `body`, `payload` and `refusal`
 * hold JSON as text; hashes and sealed bytes are base64url.
 */

/** A record as it stands. */
export interface RecordTable {
	kind: Kind;
	id: Id;
	version: number;
	body: string;
}

/** The last thing that happened to a record in a scope; rows are replaced, not added. */
export interface ChangeTable {
	scope: Scope;
	kind: Kind;
	id: Id;
	version: number;
	op: 'put' | 'remove';
	made_at: Instant;
}

/** A device's numbering of the mutations that it sends. */
export interface ClientTable {
	id: Id;
	account: Id;
	/** The number of the mutation that is run next; the first is 1. */
	next_number: number;
	/** When the last mutation that arrived was made. */
	last_made_at: Instant | null;
	seen_at: Instant;
}

/** The outcome of a mutation. Rows stay, so that no mutation runs twice. */
export interface OutcomeTable {
	uid: Id;
	client: Id;
	number: number;
	refused: 0 | 1;
	/** Why, until the device has confirmed that it knows. */
	refusal: string | null;
	/** When, while `refusal` is kept; null too where an older version wrote it. */
	refused_at: Instant | null;
}

/** One row a school: what its records have come to. */
export interface CounterTable {
	/** The version of the last change; 0 before the first. */
	version: number;
	/** Another one after a backup was restored. */
	epoch: Id;
	/** Removals up to and with this version may have been forgotten. */
	pruned: number;
}

/** An issued or own password of a LeerID, by the secret's id. */
export interface SecretTable {
	id: Id;
	account: Id;
	sealed: string | null;
	hash: string | null;
	made_at: Instant;
}

/** The password of a member of staff or a guardian. */
export interface CredentialTable {
	account: Id;
	hash: string;
	changed_at: Instant;
}

export interface SessionTable {
	token_hash: string;
	/** Names the session in the list of devices; it lets nobody in. */
	id: Id;
	account: Id;
	made_at: Instant;
	seen_at: Instant;
	expires_at: Instant;
	device_name: string;
	vault: Id | null;
	ended_at: Instant | null;
	/** Ended for a lost device, which removes what it keeps when it next asks. */
	wipe: 0 | 1;
	/** Of the half that the device keeps in its vault; null: an app that knew of none signed in. */
	key_hash: string | null;
}

/** Failures to sign in. */
export interface AttemptTable {
	/** An account's id, `address:HASH` or `school`. */
	subject: string;
	failures: number;
	lifetime: number;
	last_at: Instant;
	wait_until: Instant | null;
	blocked_at: Instant | null;
}

/** A link by mail that may be used once. */
export interface ResetTable {
	token_hash: string;
	account: Id;
	kind: 'password' | 'email';
	payload: string;
	ip: string;
	made_at: Instant;
	expires_at: Instant;
	used_at: Instant | null;
}

/** A vault's data key, sealed. */
export interface EscrowTable {
	account: Id;
	vault: Id;
	sealed: string;
	made_at: Instant;
}

/** The chain (design.md 5). */
export interface AuditTable {
	seq: number;
	body: string;
	commitment: string;
	previous: string;
	hash: string;
}

/** The payloads that the chain commits to; a row is deleted to forget it. */
export interface AuditPayloadTable {
	seq: number;
	payload: string;
	salt: string;
}

/** The part of its hour that an account has used (limits/quotas.ts); no row: nothing. */
export interface QuotaTable {
	account: Id;
	/** By then the mutations that it sent have leaked away. */
	mutations_until: Instant;
	/** By then their bytes have. */
	bytes_until: Instant;
}

/** How often an account was refused, until the audit log says so. */
export interface RefusedTable {
	account: Id;
	/** The refusal's. */
	code: string;
	count: number;
	since: Instant;
}

export interface SchoolsTable {
	id: Id;
	/** BRIN or instellingsnummer. */
	number: string;
	name: string;
	invite_hash: string | null;
	state: 'invited' | 'filling' | 'open';
	made_at: Instant;
}

/** Work for later, mail too, claimed by lease. */
export interface DueTable {
	id: Id;
	kind: string;
	school: Id | null;
	/** Not before this moment. */
	at: Instant;
	body: string;
	lease_until: Instant | null;
	/** How often it was claimed. */
	attempts: number;
}

/** The tables that a transaction on one school may name: that school's rows, and nothing else. */
export interface SchoolTables {
	record: RecordTable;
	change: ChangeTable;
	client: ClientTable;
	outcome: OutcomeTable;
	counter: CounterTable;
	secret: SecretTable;
	credential: CredentialTable;
	session: SessionTable;
	attempt: AttemptTable;
	reset: ResetTable;
	escrow: EscrowTable;
	audit: AuditTable;
	audit_payload: AuditPayloadTable;
	quota: QuotaTable;
	refused: RefusedTable;
	/** The school's own row: its id is added. */
	schools: Omit<SchoolsTable, 'id'>;
	/** The school's own work. */
	due: Omit<DueTable, 'school'>;
}

/** The tables that stand outside schools. */
export interface OutsideTables {
	schools: SchoolsTable;
	due: DueTable;
}
