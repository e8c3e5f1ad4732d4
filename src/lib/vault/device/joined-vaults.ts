import {
	exportDataKey,
	importDataKey,
	newExtractableDataKey,
	withoutExport
} from '#lib/crypto/data-key.ts';
import { newId } from '#lib/crypto/random.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import { ok, refuse, type Result } from '#lib/domain/kernel/result.ts';
import type { DeviceAccess } from './device-access.ts';
import type { ListedAccount } from './device-list.ts';
import type { OpenVault, UnlockFailure } from './device-vaults.ts';
import { flatten, type VaultFailure } from '../disk/failure.ts';
import { newMembership } from '../pages/head.ts';
import type { Vault } from './vault.ts';

/** An account of a school with a server, as an online sign-in tells of it. */
export interface JoinedAccount {
	readonly schoolId: Id;
	readonly schoolName: string;
	readonly account: ListedAccount;
	/**
	 * How it opens without contact. null: not at all, and nothing that its password could be tried
	 * against lies on the device (a pupil's: a few digits, design.md 2).
	 */
	readonly offline: { readonly password: string; readonly until: number } | null;
}

export type CreateFailure = VaultFailure | { readonly code: 'notEscrowed' };

/** The vaults of schools with a server: one for each account. The server keeps their keys too. */
export class JoinedVaults {
	readonly #access: DeviceAccess;

	constructor(access: DeviceAccess) {
		this.#access = access;
	}

	/** The vault that this device keeps for an account; null: none. For the sign-in to ask its key. */
	async find(schoolId: Id, who: Partial<ListedAccount>): Promise<string | null> {
		const vaults = await this.#access.list.read();
		const found = vaults.find(
			(vault) =>
				vault.schoolId === schoolId &&
				!vault.creating &&
				vault.accounts.some(
					({ accountId, userName }) => accountId === who.accountId || userName === who.userName
				)
		);
		return found?.vaultId ?? null;
	}

	/**
	 * Makes an empty vault. It exists only once `escrow` has said that the server has its key:
	 * otherwise a forgotten password would lose what was not yet sent.
	 */
	async create(
		joined: JoinedAccount,
		escrow: (vaultId: string, key: string) => Promise<boolean>
	): Promise<Result<OpenVault, CreateFailure>> {
		const { schoolId, schoolName, account, offline } = joined;
		const vaultId = newId();
		const passing = offline === null;
		const listed = { vaultId, schoolName, schoolId, accounts: [account], passing };
		const fill = async (): Promise<Result<OpenVault, CreateFailure>> => {
			const dataKey = await newExtractableDataKey();
			const wrapped = await this.#wrap(vaultId, joined, dataKey);
			if (!wrapped.ok) return wrapped;
			if (!(await escrow(vaultId, await exportDataKey(dataKey)))) {
				return refuse({ code: 'notEscrowed' });
			}
			const { accountId } = account;
			const key = await withoutExport(dataKey);
			const vault = this.#access.open({ vaultId, accountId, key });
			await vault.initialise(newMembership(schoolId, true));
			const opened = await vault.open();
			return opened.ok ? ok({ vault, replica: opened.value }) : opened;
		};
		return this.#access.make(listed, fill);
	}

	/**
	 * Opens a vault by the key that the server kept: after ten wrong passwords, a new password, or too
	 * long without contact. Changes that wait in it are still there. `unreadable`: this is not its
	 * key.
	 */
	async reopen(
		vaultId: string,
		escrowedKey: string,
		joined: JoinedAccount
	): Promise<Result<Vault, VaultFailure>> {
		const { accountId } = joined.account;
		const dataKey = await importDataKey(escrowedKey);
		const vault = this.#access.closed({ vaultId, accountId, key: await withoutExport(dataKey) });
		const opened = await vault.open();
		const wrapped = opened.ok ? await this.#wrap(vaultId, joined, dataKey) : opened;
		if (!wrapped.ok) {
			vault.close();
			return wrapped;
		}
		const { schoolId, schoolName, account } = joined;
		await this.#access.list.changeVault(vaultId, (listed) => ({
			...listed,
			schoolId,
			schoolName,
			accounts: [account]
		}));
		return ok(this.#access.offered(vault));
	}

	/** Erases what pupils left here: to be asked once nobody has a vault open, in no tab. */
	async erasePassing(): Promise<void> {
		for (const { vaultId, passing, creating } of await this.#access.list.read()) {
			if (passing && !creating) await this.#access.erase(vaultId);
		}
	}

	/** After contact with the server: until when the vault opens without. */
	async extend(vault: Vault, until: number): Promise<Result<void, VaultFailure>> {
		return this.#access.wraps(vault.vaultId, (wraps) => wraps.extend(vault.accountId, until));
	}

	/** The account has ended, or is blocked: only the server can open the vault from here on. */
	async endOffline(vault: Vault): Promise<Result<void, VaultFailure>> {
		return this.#access.wraps(vault.vaultId, (wraps) => wraps.end(vault.accountId));
	}

	/** The key of a school that was made here, for the server that it moves to. */
	async keyForEscrow(vault: Vault, ownPassword: string): Promise<Result<string, UnlockFailure>> {
		const { vaultId, accountId } = vault;
		const opened = await this.#access.wraps(vaultId, (wraps) =>
			wraps.open(accountId, ownPassword, { extractable: true })
		);
		const key = flatten(opened);
		return key.ok ? ok(await exportDataKey(key.value)) : key;
	}

	/**
	 * Once a school that was made here has moved to a server, its vault is the account's that moved
	 * it: colleagues sign in there and get vaults of their own, and the recovery code is void.
	 */
	async adopt(
		vault: Vault,
		key: string,
		joined: JoinedAccount
	): Promise<Result<void, VaultFailure>> {
		const { vaultId } = vault;
		const wrapped = await this.#wrap(vaultId, joined, await importDataKey(key));
		if (!wrapped.ok) return wrapped;
		const { schoolId, schoolName, account } = joined;
		await this.#access.list.changeVault(vaultId, (listed) => ({
			...listed,
			schoolId,
			schoolName,
			accounts: [account]
		}));
		return ok(undefined);
	}

	async #wrap(
		vaultId: string,
		{ account, offline }: JoinedAccount,
		dataKey: CryptoKey
	): Promise<Result<void, VaultFailure>> {
		if (!offline) return ok(undefined);
		const { password, until: offlineUntil } = offline;
		const { accountId } = account;
		return this.#access.wraps(vaultId, (wraps) =>
			wraps.replaceAll({ accountId, password, offlineUntil }, dataKey)
		);
	}
}
