import {
	newExtractableDataKey,
	unwrapDataKey,
	withoutExport,
	wrapDataKey
} from '#lib/crypto/data-key.ts';
import { keyFromPassword, passwordSaltLength } from '#lib/crypto/password-key.ts';
import { randomBytes } from '#lib/crypto/random.ts';
import { keyFromRecoveryCode } from '#lib/crypto/recovery-code.ts';
import type { Id, Instant } from '#lib/domain/kernel/ids.ts';
import { ok, refuse, type Result } from '#lib/domain/kernel/result.ts';
import type { VaultDatabase, WrapRow } from '../disk/database.ts';
import { VaultError } from '../disk/failure.ts';
import type { Platform } from '../disk/platform.ts';

export type PasswordFailure =
	/** `until`: no attempt is taken before then; null: at once. */
	| { readonly code: 'wrongPassword'; readonly until: Instant | null }
	/** Not tried: too soon after wrong ones. */
	| { readonly code: 'wait'; readonly until: Instant }
	/** Too many wrong ones, or too long without contact: only the server can open it now. */
	| { readonly code: 'onlineOnly' };

/** The row of the recovery code among those of accounts. */
const recoveryId = 'recovery';

const minute = 60_000;

/** Milliseconds to wait after so many wrong passwords: from the fifth a minute, doubling, to an hour. */
export function delayAfter(failures: number): number {
	return failures < 5 ? 0 : Math.min(60, 2 ** (failures - 5)) * minute;
}

/** After so many wrong passwords the wrap of a vault is destroyed, where a server keeps the key. */
const mostFailures = 10;

/** The data key's wraps in one vault, and who may still try to open them. */
export class Wraps {
	readonly #platform: Platform;
	readonly #database: VaultDatabase;
	readonly #vaultId: string;

	constructor(platform: Platform, database: VaultDatabase, vaultId: string) {
		this.#platform = platform;
		this.#database = database;
		this.#vaultId = vaultId;
	}

	/** Makes a data key with its first two wraps. */
	async create(accountId: Id, secrets: FirstSecrets): Promise<CryptoKey> {
		const dataKey = await newExtractableDataKey();
		const rows = [
			await this.#passwordWrap(accountId, secrets.password, dataKey),
			await this.#recoveryWrap(secrets.recoveryCode, dataKey)
		];
		await this.#database.write(['wraps'], ({ wraps }) => wraps.bulkPut(rows));
		return withoutExport(dataKey);
	}

	/**
	 * The data key by an account's password. The attempt is counted on the disk before it is made,
	 * so that closing the tab does not take it back.
	 */
	async open(
		accountId: Id,
		password: string,
		options: { readonly extractable?: boolean } = {}
	): Promise<Result<CryptoKey, PasswordFailure>> {
		const counted = await this.#count(accountId);
		if (!counted.ok) return counted;
		const row = counted.value;
		const key = row && (await this.#openRow(row, password, options.extractable ?? false));
		if (key) {
			await this.#database.write(['wraps'], async ({ wraps }) => {
				const opened = await wraps.get(accountId);
				if (opened) await wraps.put({ ...opened, failures: 0, waitUntil: 0 });
			});
			return ok(key);
		}
		if (row && isSpent(row)) {
			await this.#destroy(row);
			return refuse({ code: 'onlineOnly' });
		}
		const until = row && row.waitUntil > this.#platform.now() ? instant(row.waitUntil) : null;
		return refuse({ code: 'wrongPassword', until });
	}

	/** The one wrap of a vault whose key a server keeps too; others end. */
	async replaceAll(
		{ accountId, password, offlineUntil }: OfflineAccess,
		dataKey: CryptoKey
	): Promise<void> {
		const row = { ...(await this.#passwordWrap(accountId, password, dataKey)), offlineUntil };
		await this.#database.write(['wraps'], async ({ wraps }) => {
			await wraps.clear();
			await wraps.put(row);
		});
	}

	/** Destroys what a server keeps too. */
	async end(accountId: Id): Promise<void> {
		const row = await this.#row(accountId);
		if (row?.offlineUntil !== undefined) await this.#destroy(row);
	}

	/** Moves the limit after contact with the server. A destroyed wrap stays so. */
	async extend(accountId: Id, offlineUntil: number): Promise<void> {
		await this.#database.write(['wraps'], async ({ wraps }) => {
			const row = await wraps.get(accountId);
			if (row?.offlineUntil) await wraps.put({ ...row, offlineUntil });
		});
	}

	/** The data key by the recovery code, and a new password for an account; null: not this code. */
	async recover(accountId: Id, code: string, newPassword: string): Promise<CryptoKey | null> {
		const row = await this.#row(recoveryId);
		if (!row) return null;
		const wrappingKey = await keyFromRecoveryCode(code, row.salt);
		const place = this.#place(row);
		const dataKey = await unwrapDataKey(wrappingKey, row.wrapped, { place, extractable: true });
		if (!dataKey) return null;
		await this.put(await this.#passwordWrap(accountId, newPassword, dataKey));
		return withoutExport(dataKey);
	}

	/** A wrap for an account, a new one or one that forgot its password; `put` makes it count. */
	async prepare(
		by: { readonly accountId: Id; readonly password: string },
		account: { readonly accountId: Id; readonly password: string }
	): Promise<Result<WrapRow, PasswordFailure>> {
		const opened = await this.open(by.accountId, by.password, { extractable: true });
		if (!opened.ok) return opened;
		const offlineUntil = (await this.#row(by.accountId))?.offlineUntil;
		const made = await this.#passwordWrap(account.accountId, account.password, opened.value);
		return ok({ ...made, offlineUntil });
	}

	/** A wrap by a new recovery code, which ends the old one once it is put. */
	async prepareRecovery(
		by: { readonly accountId: Id; readonly password: string },
		code: string
	): Promise<Result<WrapRow, PasswordFailure>> {
		const opened = await this.open(by.accountId, by.password, { extractable: true });
		return opened.ok ? ok(await this.#recoveryWrap(code, opened.value)) : opened;
	}

	async put(row: WrapRow): Promise<void> {
		await this.#database.write(['wraps'], ({ wraps }) => wraps.put(row));
	}

	async remove(accountId: Id): Promise<void> {
		await this.#database.write(['wraps'], ({ wraps }) => wraps.delete(accountId));
	}

	/** The accounts that have a wrap. */
	async accountIds(): Promise<readonly Id[]> {
		const ids = await this.#database.read(['wraps'], ({ wraps }) =>
			wraps.toCollection().primaryKeys()
		);
		return ids.filter((id) => id !== recoveryId);
	}

	/** Counts an attempt, unless it comes too soon. An account without a wrap has nothing to count. */
	async #count(accountId: Id): Promise<Result<WrapRow | undefined, PasswordFailure>> {
		const now = this.#platform.now();
		return this.#database.write(['head', 'wraps'], async ({ head, wraps }) => {
			const row = await wraps.get(accountId);
			if (!row && !(await head.get(0))) throw new VaultError('storageGone');
			if (!row) return ok(undefined);
			// An attempt that was cut off may have been the last.
			const isOver = row.offlineUntil !== undefined && row.offlineUntil <= now;
			if (isOver || isSpent(row)) return refuse({ code: 'onlineOnly' });
			// A clock that was put back must not make anybody wait longer than the rule.
			const wait = Math.min(row.waitUntil - now, delayAfter(row.failures));
			if (wait > 0) return refuse({ code: 'wait', until: instant(now + wait) });
			const failures = row.failures + 1;
			const counted = { ...row, failures, waitUntil: now + delayAfter(failures) };
			await wraps.put(counted);
			return ok(counted);
		});
	}

	async #openRow(row: WrapRow, password: string, extractable: boolean): Promise<CryptoKey | null> {
		const { salt, cost } = row;
		if (!cost) return null;
		const wrappingKey = await keyFromPassword(
			password,
			{ salt, cost },
			this.#platform.argon2Worker
		);
		return unwrapDataKey(wrappingKey, row.wrapped, { place: this.#place(row), extractable });
	}

	async #destroy(row: WrapRow): Promise<void> {
		await this.put({ ...row, wrapped: new Uint8Array(), offlineUntil: 0 });
	}

	async #passwordWrap(id: Id, password: string, dataKey: CryptoKey): Promise<WrapRow> {
		const { passwordCost: cost, argon2Worker } = this.#platform;
		const row = { id, salt: randomBytes(passwordSaltLength), cost };
		const wrappingKey = await keyFromPassword(password, row, argon2Worker);
		const wrapped = await wrapDataKey(wrappingKey, dataKey, this.#place(row));
		return { ...row, wrapped, failures: 0, waitUntil: 0 };
	}

	async #recoveryWrap(code: string, dataKey: CryptoKey): Promise<WrapRow> {
		const row = { id: recoveryId, salt: randomBytes(passwordSaltLength), cost: null };
		const wrappingKey = await keyFromRecoveryCode(code, row.salt);
		const wrapped = await wrapDataKey(wrappingKey, dataKey, this.#place(row));
		return { ...row, wrapped, failures: 0, waitUntil: 0 };
	}

	/** Binds a wrap to its account and its cost, so that neither can be put under another. */
	#place({ id, cost }: Pick<WrapRow, 'id' | 'cost'>): string {
		const parameters = cost ? `${cost.memoryKiB},${cost.passes},${cost.lanes}` : 'code';
		return `${this.#vaultId}/wraps/${id}/${parameters}`;
	}

	async #row(id: string): Promise<WrapRow | undefined> {
		return this.#database.read(['wraps'], ({ wraps }) => wraps.get(id));
	}
}

/** How an account opens, without contact, a vault whose key a server keeps too. */
export interface OfflineAccess {
	readonly accountId: Id;
	readonly password: string;
	/** Milliseconds since 1970. */
	readonly offlineUntil: number;
}

export interface FirstSecrets {
	readonly password: string;
	readonly recoveryCode: string;
}

function isSpent({ offlineUntil, failures }: WrapRow): boolean {
	return offlineUntil !== undefined && failures >= mostFailures;
}

function instant(milliseconds: number): Instant {
	return new Date(milliseconds).toISOString();
}
