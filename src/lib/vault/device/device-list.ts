import type { Table } from 'dexie';
import type { Bytes } from '#lib/crypto/bytes.ts';
import { newDeviceKey } from '#lib/crypto/data-key.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import { Connection } from '../disk/connection.ts';
import { VaultDatabase } from '../disk/database.ts';
import { settle } from '../disk/failure.ts';
import type { Platform } from '../disk/platform.ts';
import { Sealer } from '../pages/sealer.ts';
import { Wraps } from './wraps.ts';

export interface ListedAccount {
	readonly accountId: Id;
	readonly userName: string;
	readonly displayName: string;
}

export interface ListedVault {
	readonly vaultId: string;
	readonly schoolName: string;
	/** The school at a server; null, or left out by an older app: there is none. */
	readonly schoolId?: Id | null;
	/** It goes with the sign-in: nothing of it is kept once nobody has it open. */
	readonly passing?: boolean;
	/** Not yet whole; nobody's, if nobody is at it. */
	readonly creating: boolean;
	readonly accounts: readonly ListedAccount[];
}

interface DeviceTables {
	readonly keys: Table<{ readonly id: 0; readonly key: CryptoKey }, 0>;
	readonly list: Table<{ readonly id: 0; readonly sealed: Bytes }, 0>;
}

/**
 * The vaults on this device, sealed by a key that stays in the browser: so that names do not lie
 * in the clear. Against who can run the browser it helps nothing.
 */
export class DeviceList {
	readonly #platform: Platform;
	readonly #name: string;
	readonly #connection: Connection<DeviceTables>;

	constructor(platform: Platform) {
		this.#platform = platform;
		this.#name = `${platform.prefix}-device`;
		this.#connection = new Connection(platform, this.#name, { keys: 'id', list: 'id' });
	}

	/** A list that is damaged or gone is made anew from the databases: who there is, without names. */
	async read(): Promise<readonly ListedVault[]> {
		const [key, row] = await this.#connection.transaction(
			['keys', 'list'],
			'readonly',
			async ({ keys, list }) => [await keys.get(0), await list.get(0)] as const
		);
		if (!key || !row) return this.#fromDatabases();
		const text = await settle(() => new Sealer('device', key.key).open('list', row.sealed));
		return text.ok ? (JSON.parse(text.value) as readonly ListedVault[]) : this.#fromDatabases();
	}

	/** Replaces the list by what `edit` makes of it, one tab at a time. */
	async change(edit: (vaults: readonly ListedVault[]) => readonly ListedVault[]): Promise<void> {
		await this.#platform.locks.request(this.#name, async () => {
			const vaults = edit(await this.read());
			const found = await this.#connection.transaction(['keys'], 'readonly', ({ keys }) =>
				keys.get(0)
			);
			const key = found?.key ?? (await newDeviceKey());
			const sealed = await new Sealer('device', key).seal('list', JSON.stringify(vaults));
			await this.#connection.transaction(['keys', 'list'], 'readwrite', async ({ keys, list }) => {
				await keys.put({ id: 0, key });
				await list.put({ id: 0, sealed });
			});
		});
	}

	async changeVault(vaultId: string, edit: (vault: ListedVault) => ListedVault): Promise<void> {
		await this.change((vaults) =>
			vaults.map((vault) => (vault.vaultId === vaultId ? edit(vault) : vault))
		);
	}

	async #fromDatabases(): Promise<readonly ListedVault[]> {
		const { indexedDB, prefix } = this.#platform;
		const vaults: ListedVault[] = [];
		for (const { name } of await indexedDB.databases()) {
			if (!name?.startsWith(`${prefix}-`) || name === this.#name) continue;
			const vaultId = name.slice(prefix.length + 1);
			const database = new VaultDatabase(this.#platform, vaultId);
			const accountIds = await new Wraps(this.#platform, database, vaultId).accountIds();
			database.close();
			const accounts = accountIds.map((accountId) => ({
				accountId,
				userName: '',
				displayName: ''
			}));
			vaults.push({ vaultId, schoolName: '', creating: false, accounts });
		}
		return vaults;
	}

	close(): void {
		this.#connection.close();
	}
}
