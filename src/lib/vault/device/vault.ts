import type { Id } from '#lib/domain/kernel/ids.ts';
import type { Result } from '#lib/domain/kernel/result.ts';
import { VaultDatabase } from '../disk/database.ts';
import { Drafts } from './drafts.ts';
import type { VaultFailure } from '../disk/failure.ts';
import type { Membership } from '../pages/head.ts';
import { schoolRules, type Rules } from '../replica/ledger.ts';
import type { Migration } from '#lib/domain/kernel/migrations/steps.ts';
import { migrations } from '#lib/domain/registry/migrations.ts';
import type { Platform } from '../disk/platform.ts';
import { Replica } from '../replica/replica.ts';
import { Sealer } from '../pages/sealer.ts';
import { SessionKey } from './session-key.ts';
import { VaultStore } from '../pages/store.ts';

/** How a vault reads what it keeps; tests bring their own. */
export interface VaultSettings {
	readonly rules: Rules;
	readonly migrations: readonly Migration[];
}

export const vaultSettings: VaultSettings = { rules: schoolRules, migrations };

/** The key that opens a vault: handed from tab to tab, and never stored. */
export interface VaultKey {
	readonly vaultId: string;
	readonly accountId: Id;
	readonly key: CryptoKey;
}

type Message = 'changed' | 'session' | 'lock';

/** One school's vault, unlocked, for one account. */
export class Vault {
	readonly vaultId: string;
	/** The account that unlocked it. */
	readonly accountId: Id;
	/** The texts that this account typed and has not saved. */
	readonly drafts: Drafts;
	/** Of the sign-in at the server, where there is one. */
	readonly sessionKey: SessionKey;
	readonly #platform: Platform;
	readonly #settings: VaultSettings;
	readonly #database: VaultDatabase;
	readonly #sealer: Sealer;
	readonly #channel: BroadcastChannel;
	readonly #onLock = new Set<() => void>();
	readonly #onTrouble = new Set<(failure: VaultFailure) => void>();
	#replica: Replica | null = null;

	constructor(platform: Platform, settings: VaultSettings, opened: VaultKey) {
		this.vaultId = opened.vaultId;
		this.accountId = opened.accountId;
		this.#platform = platform;
		this.#settings = settings;
		this.#database = new VaultDatabase(platform, opened.vaultId);
		this.#sealer = new Sealer(opened.vaultId, opened.key);
		this.drafts = new Drafts(platform, opened);
		this.sessionKey = new SessionKey({
			database: this.#database,
			sealer: this.#sealer,
			announce: () => this.#say('session')
		});
		this.#channel = new BroadcastChannel(this.#database.name);
		this.#channel.onmessage = ({ data }: MessageEvent<Message>) => this.#hear(data);
	}

	get locked(): boolean {
		return this.#sealer.forgotten;
	}

	/** The place at a server; null: there is none, or the school is not in memory. */
	get membership(): Membership | null {
		return this.#replica?.membership ?? null;
	}

	/** For another tab of the same sign-in; null once locked. */
	get handover(): VaultKey | null {
		if (this.locked) return null;
		return { vaultId: this.vaultId, accountId: this.accountId, key: this.#sealer.key };
	}

	/** A new vault's first row; before anything else. */
	async initialise(membership: Membership | null = null): Promise<void> {
		await this.#store().initialise(membership);
	}

	/** Reads the school into memory. */
	async open(): Promise<Result<Replica, VaultFailure>> {
		const { locks, now } = this.#platform;
		const opening = Replica.open({
			store: this.#store(),
			rules: this.#settings.rules,
			alone: (write) => locks.request(this.#database.name, write),
			announce: () => this.#say('changed'),
			now
		});
		// One that was just given may be in memory alone, where the disk was full.
		const reading = this.sessionKey.value === null ? this.sessionKey.read() : null;
		const [opened] = await Promise.all([opening, reading]);
		if (opened.ok) this.#replica = opened.value;
		return opened;
	}

	/** Calls back once, when this tab or another locks, or it is closed. */
	onLock(listener: () => void): void {
		this.#onLock.add(listener);
	}

	/** Calls back when what another tab wrote cannot be read: this tab shows an older state. */
	onTrouble(listener: (failure: VaultFailure) => void): void {
		this.#onTrouble.add(listener);
	}

	/** Drops key and state, in all tabs. */
	lock(): void {
		if (this.locked) return;
		this.#say('lock');
		this.close();
	}

	/** Drops key and state, in this tab alone. */
	close(): void {
		if (this.locked) return;
		void this.drafts.close();
		this.sessionKey.forget();
		this.#sealer.forget();
		this.#replica?.lock();
		this.#replica = null;
		this.#channel.close();
		this.#database.close();
		for (const listener of this.#onLock) listener();
		this.#onLock.clear();
	}

	#store(): VaultStore {
		return new VaultStore(this.#database, this.#sealer, this.#settings.migrations);
	}

	#say(message: Message): void {
		if (!this.locked) this.#channel.postMessage(message);
	}

	#hear(message: Message): void {
		if (message === 'lock') this.close();
		else if (message === 'session') void this.sessionKey.read();
		else void this.#catchUp();
	}

	async #catchUp(): Promise<void> {
		const caughtUp = await this.#replica?.catchUp();
		if (!caughtUp || caughtUp.ok || this.locked) return;
		for (const listener of this.#onTrouble) listener(caughtUp.refusal);
	}
}
