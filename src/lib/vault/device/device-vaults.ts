import { newId } from '#lib/crypto/random.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import { ok, refuse, type Result } from '#lib/domain/kernel/result.ts';
import type { StateReader } from '#lib/domain/registry/state.ts';
import { newRecoveryCode, parseRecoveryCode } from '#lib/crypto/recovery-code.ts';
import { DeviceAccess } from './device-access.ts';
import type { ListedAccount, ListedVault } from './device-list.ts';
import type { Entry } from '../pages/entry.ts';
import { VaultError, flatten, settle, type VaultFailure } from '../disk/failure.ts';
import { JoinedVaults } from './joined-vaults.ts';
import type { Platform } from '../disk/platform.ts';
import type { CommitFailure, Replica } from '../replica/replica.ts';
import { vaultSettings, type Vault, type VaultSettings } from './vault.ts';
import type { FirstSecrets, PasswordFailure } from './wraps.ts';

/** An account that can be unlocked on this device. */
export interface DeviceAccount extends ListedAccount {
	readonly vaultId: string;
	/** Empty when the list was damaged: known again once unlocked and renamed. */
	readonly schoolName: string;
	/** The school at a server; null: it lives on this device alone, or the list was damaged. */
	readonly schoolId: Id | null;
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
	/** Those of schools with a server. */
	readonly joined: JoinedVaults;
	readonly #access: DeviceAccess;

	constructor(platform: Platform, settings: VaultSettings = vaultSettings) {
		this.#access = new DeviceAccess(platform, settings);
		this.joined = new JoinedVaults(this.#access);
	}

	/** Everybody who can unlock a school here. */
	async list(): Promise<readonly DeviceAccount[]> {
		const vaults = await this.#access.list.read();
		for (const { vaultId, creating } of vaults) if (creating) await this.#access.tidy(vaultId);
		return vaults
			.filter(({ creating }) => !creating)
			.flatMap(({ vaultId, schoolName, schoolId = null, accounts }) =>
				accounts.map((account) => ({ ...account, vaultId, schoolName, schoolId }))
			);
	}

	/** Makes a school on this device: whole, or not at all. */
	async create(school: NewVault): Promise<Result<OpenVault, CommitFailure>> {
		const { schoolName, account } = school;
		const vaultId = newId();
		const listed = { vaultId, schoolName, accounts: [account] };
		return this.#access.make(listed, () => this.#fill(vaultId, school));
	}

	/**
	 * From the fifth wrong password on, each makes the next wait longer. Only where a server keeps
	 * the key too, the tenth ends it: `onlineOnly`.
	 */
	async unlock(account: DeviceAccount, password: string): Promise<Result<Vault, UnlockFailure>> {
		const { vaultId, accountId, schoolId } = account;
		const opened = await this.#access.wraps(vaultId, async (wraps) => {
			const isHere = schoolId === null || (await wraps.accountIds()).includes(accountId);
			return isHere ? wraps.open(accountId, password) : refuse({ code: 'onlineOnly' } as const);
		});
		const key = flatten(opened);
		return key.ok ? ok(this.#access.open({ vaultId, accountId, key: key.value })) : key;
	}

	/** Opens by the printed code, and gives the account a new password. */
	async unlockWithRecovery(
		{ vaultId, accountId }: DeviceAccount,
		typedCode: string,
		newPassword: string
	): Promise<Result<Vault, RecoveryFailure>> {
		const code = parseRecoveryCode(typedCode);
		if (!code) return refuse({ code: 'mistypedCode' });
		const opened = await this.#access.wraps(vaultId, (wraps) =>
			wraps.recover(accountId, code, newPassword)
		);
		if (!opened.ok) return opened;
		const key = opened.value;
		return key ? ok(this.#access.open({ vaultId, accountId, key })) : refuse({ code: 'wrongCode' });
	}

	/** A vault that another tab of this browser has unlocked; null when none answers in time. */
	async resume(): Promise<Vault | null> {
		const key = await this.#access.handover.ask();
		if (!key) return null;
		const vault = this.#access.closed(key);
		// The other tab may have locked between its answer and this vault's first listening.
		if (await this.#access.handover.offered()) return this.#access.offered(vault);
		vault.close();
		return null;
	}

	/**
	 * Makes a password for an account of the school: a new colleague, or one who forgot theirs. Asks
	 * the password of the person who is signed in, since only that opens the key. Nothing counts
	 * before the function that it returns is called, so that the account's record can be made first.
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
		const made = flatten(await this.#access.wraps(vaultId, (wraps) => wraps.prepare(by, to)));
		if (!made.ok) return made;
		return ok(() =>
			settle(async () => {
				const put = await this.#access.wraps(vaultId, (wraps) => wraps.put(made.value));
				if (!put.ok) throw new VaultError(put.refusal.code);
				await this.#access.list.changeVault(vaultId, (listed) => withAccount(listed, account));
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
			await this.#access.wraps(vaultId, async (wraps) => {
				const made = await wraps.prepare(by, { accountId, password: newPassword });
				if (!made.ok) return made;
				await wraps.put(made.value);
				return ok(undefined);
			})
		);
	}

	/**
	 * Makes a recovery code. It counts, and ends the one before it, once the function that it returns
	 * is called: by somebody who has the new one on paper.
	 */
	async prepareRecoveryCode(
		{ vaultId, accountId }: Vault,
		password: string
	): Promise<Result<PreparedCode, UnlockFailure>> {
		const code = newRecoveryCode();
		const made = flatten(
			await this.#access.wraps(vaultId, (wraps) =>
				wraps.prepareRecovery({ accountId, password }, code)
			)
		);
		if (!made.ok) return made;
		return ok({ code, keep: () => this.#access.wraps(vaultId, (wraps) => wraps.put(made.value)) });
	}

	/** Ends an account's sign-in on this device; its records stay. */
	async removeAccount(vault: Vault, accountId: Id): Promise<Result<void, VaultFailure>> {
		const { vaultId } = vault;
		const removed = await this.#access.wraps(vaultId, (wraps) => wraps.remove(accountId));
		if (!removed.ok) return removed;
		return settle(() =>
			this.#access.list.changeVault(vaultId, (listed) => ({
				...listed,
				accounts: listed.accounts.filter((account) => account.accountId !== accountId)
			}))
		);
	}

	/** Takes over what the school and its accounts are called by now. */
	async rename(vault: Vault, state: StateReader): Promise<void> {
		await this.#access.list.changeVault(vault.vaultId, (listed) => {
			const [school] = state.all('school');
			const accounts = listed.accounts.map((account) => {
				const { userName, displayName } = state.get('account', account.accountId) ?? account;
				return { ...account, userName, displayName };
			});
			const schoolId = vault.membership?.schoolId ?? null;
			return { ...listed, accounts, schoolId, schoolName: school?.name ?? listed.schoolName };
		});
	}

	/** Takes a school off this device, with everything in it. */
	async removeVault(vault: Vault): Promise<void> {
		vault.lock();
		await this.#access.erase(vault.vaultId);
	}

	/**
	 * Takes a school off the list that failed with `storageGone`. Does nothing to one that is there.
	 */
	async forgetLost({ vaultId }: DeviceAccount): Promise<void> {
		const isThere = await this.#access.withDatabase(vaultId, (database) =>
			database.read(['head'], ({ head }) => head.get(0))
		);
		if (!isThere) await this.#access.erase(vaultId);
	}

	/** Stops answering other tabs. */
	close(): void {
		this.#access.handover.close();
		this.#access.list.close();
	}

	async #fill(vaultId: string, school: NewVault): Promise<Result<OpenVault, CommitFailure>> {
		const { accountId } = school.account;
		const key = await this.#access.wraps(vaultId, (wraps) => wraps.create(accountId, school));
		if (!key.ok) return key;
		const vault = this.#access.open({ vaultId, accountId, key: key.value });
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
}

function withAccount(vault: ListedVault, account: ListedAccount): ListedVault {
	const others = vault.accounts.filter(({ accountId }) => accountId !== account.accountId);
	return { ...vault, accounts: [...others, account] };
}
