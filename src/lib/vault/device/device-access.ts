import type { Result } from '#lib/domain/kernel/result.ts';
import { VaultDatabase } from '../disk/database.ts';
import { DeviceList, type ListedVault } from './device-list.ts';
import { flatten, settle, type VaultFailure } from '../disk/failure.ts';
import { KeyHandover } from './key-handover.ts';
import type { Platform } from '../disk/platform.ts';
import { Vault, type VaultKey, type VaultSettings } from './vault.ts';
import { Wraps } from './wraps.ts';

/** The way to this device's vaults, whoever they belong to. */
export class DeviceAccess {
	readonly platform: Platform;
	readonly list: DeviceList;
	readonly handover: KeyHandover;
	readonly #settings: VaultSettings;

	constructor(platform: Platform, settings: VaultSettings) {
		this.platform = platform;
		this.#settings = settings;
		this.list = new DeviceList(platform);
		this.handover = new KeyHandover(platform);
	}

	/** An unlocked vault, which new tabs may be handed. */
	open(key: VaultKey): Vault {
		return this.offered(this.closed(key));
	}

	/** An unlocked vault that no other tab is told of. */
	closed(key: VaultKey): Vault {
		return new Vault(this.platform, this.#settings, key);
	}

	offered(vault: Vault): Vault {
		this.handover.offer(vault);
		return vault;
	}

	/** Makes a vault: whole, or not at all. */
	async make<T, F>(
		listed: Omit<ListedVault, 'creating'>,
		fill: () => Promise<Result<T, F>>
	): Promise<Result<T, F | VaultFailure>> {
		const { vaultId } = listed;
		const make = async () => {
			await this.list.change((vaults) => [...vaults, { ...listed, creating: true }]);
			const filled = flatten(await settle(fill));
			if (filled.ok) await this.list.changeVault(vaultId, (v) => ({ ...v, creating: false }));
			else await this.erase(vaultId);
			return filled;
		};
		return flatten(
			await settle(() => this.platform.locks.request(this.#creationLock(vaultId), make))
		);
	}

	/** Erases a vault whose making was broken off; not one that another tab is making. */
	async tidy(vaultId: string): Promise<void> {
		const name = this.#creationLock(vaultId);
		await this.platform.locks.request(name, { ifAvailable: true }, async (lock) => {
			if (lock) await this.erase(vaultId);
		});
	}

	async erase(vaultId: string): Promise<void> {
		await new VaultDatabase(this.platform, vaultId).delete();
		await this.list.change((vaults) => vaults.filter((vault) => vault.vaultId !== vaultId));
	}

	async wraps<T>(
		vaultId: string,
		work: (wraps: Wraps) => Promise<T>
	): Promise<Result<T, VaultFailure>> {
		return settle(() =>
			this.withDatabase(vaultId, (database) => work(new Wraps(this.platform, database, vaultId)))
		);
	}

	async withDatabase<T>(
		vaultId: string,
		work: (database: VaultDatabase) => Promise<T>
	): Promise<T> {
		const database = new VaultDatabase(this.platform, vaultId);
		try {
			return await work(database);
		} finally {
			database.close();
		}
	}

	#creationLock(vaultId: string): string {
		return `${this.platform.prefix}-create-${vaultId}`;
	}
}
