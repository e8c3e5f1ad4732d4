import 'fake-indexeddb/auto';
import { IDBFactory as FakeFactory, IDBKeyRange } from 'fake-indexeddb';
import { leastPasswordCost } from '#lib/crypto/password-key.ts';
import { newDeviceKey } from '#lib/crypto/data-key.ts';
import { newId, newTimedId } from '#lib/crypto/random.ts';
import { actorFor } from '#lib/domain/accounts/actors.ts';
import type { Secrets } from '#lib/domain/credentials/secret.ts';
import type { Actor } from '#lib/domain/kernel/actor.ts';
import type { Id, IsoDate } from '#lib/domain/kernel/ids.ts';
import type { Result } from '#lib/domain/kernel/result.ts';
import type { StateReader } from '#lib/domain/registry/state.ts';
import { schemaVersion } from '#lib/protocol/limits.ts';
import type { SyncAnswer } from '#lib/protocol/sync-answer.ts';
import type { SyncRequest } from '#lib/protocol/sync-request.ts';
import { Round, type RoundOutcome } from '#lib/sync/round.ts';
import type { Transport, TransportFailure } from '#lib/sync/transport.ts';
import { newMembership } from '#lib/vault/pages/head.ts';
import { Outbox } from '#lib/vault/outbox/outbox.ts';
import type { Platform } from '#lib/vault/disk/platform.ts';
import type { Replica } from '#lib/vault/replica/replica.ts';
import { Vault, vaultSettings, type VaultKey } from '#lib/vault/device/vault.ts';
import { copyDatabase } from './copy-database.ts';
import { Dead, dieAfter, isDead, revive } from './mortal-disk.ts';
import type { SimulatedEndpoint } from './endpoint.ts';

/** The fate of one request on its way. */
export type Fate =
	| 'arrives'
	| 'isLost'
	| 'answerIsLost'
	| 'comesTwice'
	/** After whatever is sent next, by anybody. */
	| 'comesLate';

/** A mutation to make, of what the device shows. */
export interface Command {
	readonly name: string;
	readonly args: unknown;
	readonly secrets?: Secrets;
}

/** Requests that come late to the server. */
export type Late = SyncRequest[];

interface Tab {
	readonly vault: Vault;
	readonly replica: Replica;
	readonly outbox: Outbox;
}

/** A browser with an account's vault, and the process that has it open. */
export class Device {
	readonly account: Id;
	/** Mutations that it said were saved, or that were found in its outbox. */
	readonly made = new Set<Id>();
	/** Mutations that it told its user were refused. */
	readonly told = new Set<Id>();
	readonly #platform: Platform;
	readonly #key: VaultKey;
	readonly #endpoint: SimulatedEndpoint;
	readonly #late: Late;
	/** How far its clock is off, in milliseconds. */
	readonly #off: number;
	#tab: Tab | null = null;

	static async create(from: DeviceOptions): Promise<Device> {
		const key = { vaultId: newId(), accountId: from.account, key: await newDeviceKey() };
		const device = new Device(from, key);
		const vault = new Vault(device.#platform, vaultSettings, key);
		await vault.initialise(newMembership('school-1', true));
		vault.close();
		await device.open();
		return device;
	}

	private constructor(from: DeviceOptions, key: VaultKey) {
		this.account = from.account;
		this.#key = key;
		this.#endpoint = from.endpoint;
		this.#late = from.late;
		this.#off = from.off;
		this.#platform = {
			indexedDB: new FakeFactory(),
			IDBKeyRange,
			locks: navigator.locks,
			now: () => this.#endpoint.now + this.#off,
			passwordCost: leastPasswordCost,
			prefix: `simulated-${newId()}`
		};
	}

	get replica(): Replica {
		return this.#open.replica;
	}

	get outbox(): Outbox {
		return this.#open.outbox;
	}

	/** Opens what is on the disk, in the place of what was open. */
	async open(): Promise<void> {
		this.close();
		revive(this.#name);
		this.#tab = await this.#newTab();
		await this.#note();
	}

	close(): void {
		this.#tab?.vault.close();
		this.#tab = null;
	}

	/** Ends the process in the middle of some work, unless that takes fewer steps; and opens anew. */
	async mayDie(steps: number | null, work: () => Promise<unknown>): Promise<void> {
		if (steps !== null) dieAfter(this.#name, steps);
		try {
			await work();
		} catch (error) {
			if (!isDead(this.#name)) throw error;
		}
		const died = isDead(this.#name);
		revive(this.#name);
		if (died) await this.open();
		else await this.#note();
	}

	/** The person who has signed in, as this device knows them; null: nothing is known yet. */
	actor(state: StateReader = this.replica.state): Actor | null {
		return actorFor(this.account, state, this.#today);
	}

	/** Saves commands as one action. Returns whether the rules took them. */
	async make(commands: readonly Command[], tab: Tab = this.#open): Promise<boolean> {
		const actor = this.actor(tab.replica.state);
		if (!actor || commands.length === 0) return false;
		const batch = newId();
		const madeAt = new Date(this.#platform.now()).toISOString();
		const proposals = commands.map(({ name, args, secrets }) => {
			return {
				mutation: { name, args, uid: newTimedId(), batch, actorId: actor.id, madeAt },
				secrets
			};
		});
		const saved = await tab.replica.commit(proposals, { actor, today: this.#today });
		if (saved.ok) for (const { mutation } of proposals) this.made.add(mutation.uid);
		else if (!('index' in saved.refusal)) throw new Error(saved.refusal.code);
		return saved.ok;
	}

	async sync(fates: readonly Fate[] = [], { old = false, tab = this.#open } = {}) {
		return this.#round(tab, [...fates], old);
	}

	/** Two tabs, each doing something while the other does. */
	async inTwoTabs(
		fates: readonly Fate[],
		[one, other]: readonly [readonly Command[], readonly Command[]]
	): Promise<void> {
		const second = await this.#newTab();
		try {
			await Promise.all([
				this.make(one).then(() => this.sync(fates)),
				this.make(other, second).then(() => this.sync([], { tab: second }))
			]);
			valueOf(await this.replica.catchUp());
		} finally {
			second.vault.close();
		}
	}

	async clone(): Promise<Device> {
		const clone = new Device(
			{ account: this.account, endpoint: this.#endpoint, late: this.#late, off: this.#off },
			this.#key
		);
		const { indexedDB } = clone.#platform;
		const from = { indexedDB: this.#platform.indexedDB, name: this.#name };
		await copyDatabase(from, { indexedDB, name: clone.#name });
		await clone.open();
		return clone;
	}

	/** *Opnieuw proberen*, all of it: what the rules still refuse stays. */
	async retryRefused(): Promise<void> {
		const actor = this.actor();
		if (!actor) return;
		for (const { mutation } of valueOf(await this.outbox.refused())) {
			const signature = { actor, today: this.#today };
			const retried = await this.outbox.retry([mutation.uid], signature);
			if (!retried.ok && !('index' in retried.refusal)) throw new Error(retried.refusal.code);
		}
	}

	async discardRefused(): Promise<void> {
		const refused = valueOf(await this.outbox.refused());
		valueOf(await this.outbox.discard(refused.map(({ mutation }) => mutation.uid)));
	}

	/** Sends from here what waits on another device of the account. */
	async takeOver(other: Device): Promise<void> {
		valueOf(await this.outbox.add(valueOf(await other.outbox.entries())));
	}

	async #round(tab: Tab, fates: Fate[], old: boolean): Promise<RoundOutcome> {
		const transport: Transport = {
			post: (request) => this.#post(old ? older(request) : request, fates.shift() ?? 'arrives')
		};
		const round = new Round({
			replica: tab.replica,
			outbox: tab.outbox,
			transport,
			account: this.account,
			signal: new AbortController().signal,
			onProgress: () => undefined
		});
		const outcome = await round.run();
		if (outcome.kind === 'vault') throw new Error(`the vault says ${outcome.failure.code}`);
		return outcome;
	}

	async #post(request: SyncRequest, fate: Fate): Promise<SyncAnswer | TransportFailure> {
		if (fate === 'isLost') return { kind: 'offline' };
		if (fate === 'comesLate') {
			this.#late.push(request);
			return { kind: 'offline' };
		}
		const answer = await this.#endpoint.answer(request);
		for (const late of this.#late.splice(0)) await this.#endpoint.answer(late);
		if (fate === 'answerIsLost') return { kind: 'offline' };
		return fate === 'comesTwice' ? this.#endpoint.answer(request) : answer;
	}

	/** Notes what an open device knows of its mutations. */
	async #note(): Promise<void> {
		for (const { mutation } of this.replica.waiting) this.made.add(mutation.uid);
		for (const { mutation } of valueOf(await this.outbox.refused())) this.told.add(mutation.uid);
	}

	async #newTab(): Promise<Tab> {
		const vault = new Vault(this.#platform, vaultSettings, this.#key);
		const replica = valueOf(await vault.open());
		return { vault, replica, outbox: new Outbox(replica) };
	}

	get #open(): Tab {
		if (!this.#tab) throw new Dead('closed');
		return this.#tab;
	}

	get #name(): string {
		return `${this.#platform.prefix}-${this.#key.vaultId}`;
	}

	/** Its own date, or the server's if that is later (design.md 1). */
	get #today(): IsoDate {
		const own = new Date(this.#platform.now()).toISOString().slice(0, 10);
		const told = this.#tab?.replica.membership?.today ?? own;
		return told > own ? told : own;
	}
}

export interface DeviceOptions {
	readonly account: Id;
	readonly endpoint: SimulatedEndpoint;
	readonly late: Late;
	readonly off: number;
}

/** As an app of before sends it. */
function older(request: SyncRequest): SyncRequest {
	return { ...request, schema: schemaVersion - 1 };
}

export function valueOf<T>(result: Result<T, { readonly code: string }>): T {
	if (!result.ok) throw new Error(result.refusal.code);
	return result.value;
}
