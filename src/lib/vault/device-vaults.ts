import { newId } from '#lib/crypto/random.ts';
import type { Id } from '#lib/domain/records.ts';
import { ok, refuse, type Result } from '#lib/domain/result.ts';
import type { StateReader } from '#lib/domain/state/school-state.ts';
import { newRecoveryCode, parseRecoveryCode } from '#lib/crypto/recovery-code.ts';
import { VaultDatabase } from './database.ts';
import { DeviceList, type ListedAccount, type ListedVault } from './device-list.ts';
import type { Entry } from './entry.ts';
import { flatten, settle, type VaultFailure } from './failure.ts';
import { KeyHandover } from './key-handover.ts';
import type { Platform } from './platform.ts';
import type { CommitFailure, Replica } from './replica.ts';
import { Vault, vaultSettings, type VaultKey, type VaultSettings } from './vault.ts';
import { Wraps, type FirstSecrets, type PasswordFailure } from './wraps.ts';

/** An account that can be unlocked on this device. */
export interface DeviceAccount extends ListedAccount {
	readonly vaultId: string;
	/** Empty when the list was damaged: known again once unlocked and renamed. */
	readonly schoolName: string;
}

export interface NewVault extends FirstSecrets {
	readonly schoolName: string;
	readonly account: ListedAccount;
	/** The school's first mutations; the vault exists only if all of them are taken. */
	readonly entries: readonly Entry[];
}

/** A vault with its school in memory. */
export interface OpenVault {
	readonly vault: Vault;
	readonly replica: Replica;
}

/** A recovery code that does not count yet. */
export interface PreparedCode {
	readonly code: string;
	readonly keep: () => Promise<Result<void, VaultFailure>>;
}

export type UnlockFailure = PasswordFailure | VaultFailure;
/** `mistypedCode`: no code at all; `wrongCode`: another school's. */
export type RecoveryFailure = { readonly code: 'mistypedCode' | 'wrongCode' } | VaultFailure;

/** The schools on this device: who can unlock them, and how. */
export class DeviceVaults {
	readonly #platform: Platform;
	readonly #settings: VaultSettings;
	readonly #list: DeviceList;
	readonly #handover: KeyHandover;

	constructor(platform: Platform, settings: VaultSettings = vaultSettings) {
		this.#platform = platform;
		this.#settings = settings;
		this.#list = new DeviceList(platform);
		this.#handover = new KeyHandover(platform);
	}

	/** Everybody who can unlock a school here. */
	async list(): Promise<readonly DeviceAccount[]> {
		const vaults = await this.#list.read();
		for (const { vaultId, creating } of vaults) if (creating) await this.#tidy(vaultId);
		return vaults
			.filter(({ creating }) => !creating)
			.flatMap(({ vaultId, schoolName, accounts }) =>
				accounts.map((account) => ({ ...account, vaultId, schoolName }))
			);
	}

	/** Makes a school on this device: whole, or not at all. */
	async create(school: NewVault): Promise<Result<OpenVault, CommitFailure>> {
		const { schoolName, account } = school;
		const vaultId = newId();
		const listed = { vaultId, schoolName, accounts: [account], creating: true };
		const create = async () => {
			await this.#list.change((vaults) => [...vaults, listed]);
			const filled = flatten(await settle(() => this.#fill(vaultId, school)));
			if (filled.ok) await this.#list.changeVault(vaultId, (v) => ({ ...v, creating: false }));
			else await this.#erase(vaultId);
			return filled;
		};
		const { locks } = this.#platform;
		return flatten(await settle(() => locks.request(this.#creationLock(vaultId), create)));
	}

	/** From the fifth wrong password on, each makes the next wait longer. Nothing is ever destroyed. */
	async unlock(account: DeviceAccount, password: string): Promise<Result<Vault, UnlockFailure>> {
		const { vaultId, accountId } = account;
		const opened = await this.#wraps(vaultId, (wraps) => wraps.open(accountId, password));
		const key = flatten(opened);
		return key.ok ? ok(this.#vault({ vaultId, accountId, key: key.value })) : key;
	}

	/** Opens by the printed code, and gives the account a new password. */
	async unlockWithRecovery(
		{ vaultId, accountId }: DeviceAccount,
		typedCode: string,
		newPassword: string
	): Promise<Result<Vault, RecoveryFailure>> {
		const code = parseRecoveryCode(typedCode);
		if (!code) return refuse({ code: 'mistypedCode' });
		const opened = await this.#wraps(vaultId, (wraps) =>
			wraps.recover(accountId, code, newPassword)
		);
		if (!opened.ok) return opened;
		const key = opened.value;
		return key ? ok(this.#vault({ vaultId, accountId, key })) : refuse({ code: 'wrongCode' });
	}

	/** A vault that another tab of this browser has unlocked; null when none answers in time. */
	async resume(): Promise<Vault | null> {
		const key = await this.#handover.ask();
		if (!key) return null;
		const vault = new Vault(this.#platform, this.#settings, key);
		// The other tab may have locked between its answer and this vault's first listening.
		if (await this.#handover.offered()) return this.#offered(vault);
		vault.close();
		return null;
	}

	/**
	 * Makes a password for an account of the school: a new colleague, or one who forgot theirs. Asks
	 * the password of who is signed in, since only that opens the key. Nothing counts before the
	 * function that it answers is called, so that the account's record can be made first.
	 */
	async prepareAccount(
		vault: Vault,
		ownPassword: string,
		account: ListedAccount,
		newPassword: string
	): Promise<Result<() => Promise<Result<void, VaultFailure>>, UnlockFailure>> {
		const { vaultId } = vault;
		const by = { accountId: vault.accountId, password: ownPassword };
		const to = { accountId: account.accountId, password: newPassword };
		const made = flatten(await this.#wraps(vaultId, (wraps) => wraps.prepare(by, to)));
		if (!made.ok) return made;
		return ok(() =>
			settle(async () => {
				await this.#withDatabase(vaultId, (database) =>
					new Wraps(this.#platform, database, vaultId).put(made.value)
				);
				await this.#list.changeVault(vaultId, (listed) => withAccount(listed, account));
			})
		);
	}

	async changePassword(
		vault: Vault,
		ownPassword: string,
		newPassword: string
	): Promise<Result<void, UnlockFailure>> {
		const { vaultId, accountId } = vault;
		const by = { accountId, password: ownPassword };
		return flatten(
			await this.#wraps(vaultId, async (wraps) => {
				const made = await wraps.prepare(by, { accountId, password: newPassword });
				if (!made.ok) return made;
				await wraps.put(made.value);
				return ok(undefined);
			})
		);
	}

	/**
	 * Makes a recovery code. It counts, and ends the one before it, once the function that it answers
	 * is called: by somebody who has the new one on paper.
	 */
	async prepareRecoveryCode(
		{ vaultId, accountId }: Vault,
		password: string
	): Promise<Result<PreparedCode, UnlockFailure>> {
		const code = newRecoveryCode();
		const made = flatten(
			await this.#wraps(vaultId, (wraps) => wraps.prepareRecovery({ accountId, password }, code))
		);
		if (!made.ok) return made;
		return ok({ code, keep: () => this.#wraps(vaultId, (wraps) => wraps.put(made.value)) });
	}

	/** Ends an account's sign-in on this device; its records stay. */
	async removeAccount(vault: Vault, accountId: Id): Promise<Result<void, VaultFailure>> {
		const { vaultId } = vault;
		const removed = await this.#wraps(vaultId, (wraps) => wraps.remove(accountId));
		if (!removed.ok) return removed;
		return settle(() =>
			this.#list.changeVault(vaultId, (listed) => ({
				...listed,
				accounts: listed.accounts.filter((account) => account.accountId !== accountId)
			}))
		);
	}

	/** Takes over what the school and its accounts are called by now. */
	async rename(vault: Vault, state: StateReader): Promise<void> {
		await this.#list.changeVault(vault.vaultId, (listed) => {
			const [school] = state.all('school');
			const accounts = listed.accounts.map((account) => {
				const { userName, displayName } = state.get('account', account.accountId) ?? account;
				return { ...account, userName, displayName };
			});
			return { ...listed, accounts, schoolName: school?.name ?? listed.schoolName };
		});
	}

	/** Takes a school off this device, with everything in it. */
	async removeVault(vault: Vault): Promise<void> {
		vault.lock();
		await this.#erase(vault.vaultId);
	}

	/** Takes a school off the list that answered `storageGone`. Does nothing to one that is there. */
	async forgetLost({ vaultId }: DeviceAccount): Promise<void> {
		const isThere = await this.#withDatabase(vaultId, (database) =>
			database.read(['head'], ({ head }) => head.get(0))
		);
		if (!isThere) await this.#erase(vaultId);
	}

	/** Stops answering other tabs. */
	close(): void {
		this.#handover.close();
		this.#list.close();
	}

	async #fill(vaultId: string, school: NewVault): Promise<Result<OpenVault, CommitFailure>> {
		const { accountId } = school.account;
		const key = await this.#withDatabase(vaultId, (database) =>
			new Wraps(this.#platform, database, vaultId).create(accountId, school)
		);
		const vault = this.#vault({ vaultId, accountId, key });
		await vault.initialise();
		const opened = await vault.open();
		if (!opened.ok) return opened;
		const replica = opened.value;
		const committed = await replica.commitEntries(school.entries);
		if (committed.ok) {
			// A school that begins with a year of work should open as fast as one that does not.
			if (school.entries.length > 1) await replica.fold();
			return ok({ vault, replica });
		}
		vault.lock();
		return committed;
	}

	/** Erases a school whose making was broken off; not one that another tab is making. */
	async #tidy(vaultId: string): Promise<void> {
		const { locks } = this.#platform;
		await locks.request(this.#creationLock(vaultId), { ifAvailable: true }, async (lock) => {
			if (lock) await this.#erase(vaultId);
		});
	}

	async #erase(vaultId: string): Promise<void> {
		await new VaultDatabase(this.#platform, vaultId).delete();
		await this.#list.change((vaults) => vaults.filter((vault) => vault.vaultId !== vaultId));
	}

	#creationLock(vaultId: string): string {
		return `${this.#platform.prefix}-create-${vaultId}`;
	}

	#vault(key: VaultKey): Vault {
		return this.#offered(new Vault(this.#platform, this.#settings, key));
	}

	#offered(vault: Vault): Vault {
		this.#handover.offer(vault);
		return vault;
	}

	async #wraps<T>(
		vaultId: string,
		work: (wraps: Wraps) => Promise<T>
	): Promise<Result<T, VaultFailure>> {
		return settle(() =>
			this.#withDatabase(vaultId, (database) => work(new Wraps(this.#platform, database, vaultId)))
		);
	}

	async #withDatabase<T>(
		vaultId: string,
		work: (database: VaultDatabase) => Promise<T>
	): Promise<T> {
		const database = new VaultDatabase(this.#platform, vaultId);
		try {
			return await work(database);
		} finally {
			database.close();
		}
	}
}

function withAccount(vault: ListedVault, account: ListedAccount): ListedVault {
	const others = vault.accounts.filter(({ accountId }) => accountId !== account.accountId);
	return { ...vault, accounts: [...others, account] };
}
