import 'fake-indexeddb/auto';
import { IDBKeyRange } from 'fake-indexeddb';
import { passwordCost } from '#lib/crypto/password-key.ts';
import type { Session } from '#lib/client/session/session.svelte.ts';
import { actorFor } from '#lib/domain/accounts/actors.ts';
import { newTimedId } from '#lib/crypto/random.ts';
import type { Secrets } from '#lib/domain/credentials/secret.ts';
import type { ArgsOf, MutationName } from '#lib/domain/registry/mutations.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import type { Result } from '#lib/domain/kernel/result.ts';
import { HttpTransport } from '#lib/sync/http-transport.ts';
import { Round, type RoundOutcome } from '#lib/sync/round.ts';
import type { Transport } from '#lib/sync/transport.ts';
import { DeviceVaults } from '#lib/vault/device/device-vaults.ts';
import { Outbox } from '#lib/vault/outbox/outbox.ts';
import type { Platform } from '#lib/vault/disk/platform.ts';
import { vaultPrefix } from '#lib/vault/disk/presence.ts';
import type { Replica } from '#lib/vault/replica/replica.ts';
import type { Vault } from '#lib/vault/device/vault.ts';
import type { Browser } from '../../server/support/browser.ts';

/** The platform of the app, with a browser's databases and a clock of its own. */
export function platformOf(indexedDB: IDBFactory, now: () => number): Platform {
	const { locks } = navigator;
	return { indexedDB, IDBKeyRange, locks, now, passwordCost, prefix: vaultPrefix };
}

/** Returns the path that is asked for, as the app writes it: `/api/sync`. */
export function pathOf(asked: Parameters<typeof fetch>[0]): string {
	return typeof asked === 'string' ? asked : asked instanceof URL ? asked.href : asked.url;
}

/** As the app's `fetch`, from a page in that browser. */
export function fetchFrom(browser: Browser): typeof fetch {
	return async (path, { method = 'GET', headers, body } = {}) => {
		const asked = {
			headers: Object.fromEntries(new Headers(headers)),
			...(typeof body === 'string' && { raw: body })
		};
		const answer = await browser.send(method, pathOf(path), asked);
		const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
		const type = answer.headers.get('content-type') ?? '';
		return new Response(text, { status: answer.status, headers: { 'content-type': type } });
	};
}

export interface DevicePlace {
	readonly vaults: DeviceVaults;
	readonly vault: Vault;
	readonly platform: Platform;
}

/** Somebody's vault, open in the app. */
export class Device {
	readonly vaults: DeviceVaults;
	readonly vault: Vault;
	readonly replica: Replica;
	readonly outbox: Outbox;
	readonly #platform: Platform;

	static async open(place: DevicePlace): Promise<Device> {
		const replica = valueOf(await place.vault.open());
		return new Device(place, replica);
	}

	private constructor({ vaults, vault, platform }: DevicePlace, replica: Replica) {
		this.vaults = vaults;
		this.vault = vault;
		this.replica = replica;
		this.outbox = new Outbox(replica);
		this.#platform = platform;
	}

	/** The part of a session that the app's classes ask for; nothing here has a screen. */
	get session(): Session {
		const { vaults, vault, replica } = this;
		const { state, membership } = replica;
		const [school] = state.all('school');
		const account = state.get('account', vault.accountId);
		const { userName = '' } = account ?? {};
		const ours = { vaults, vault, replica, state, membership, school, account, userName };
		return { ...ours, today: this.today } as unknown as Session;
	}

	get today(): string {
		return (
			this.replica.membership?.today ?? new Date(this.#platform.now()).toISOString().slice(0, 10)
		);
	}

	/** Returns the uid. Throws where the device's own rules refuse. */
	async make<Name extends MutationName>(
		name: Name,
		args: ArgsOf<Name>,
		{ batch = null, secrets }: { batch?: Id | null; secrets?: Secrets } = {}
	): Promise<Id> {
		const actor = actorFor(this.vault.accountId, this.replica.state, this.today);
		if (!actor) throw new Error('Nobody');
		const madeAt = new Date(this.#platform.now()).toISOString();
		const uid = newTimedId();
		const mutation = { name, args, uid, batch, actorId: actor.id, madeAt };
		valueOf(await this.replica.commit([{ mutation, secrets }], { actor, today: this.today }));
		return uid;
	}

	/** One round of the app's loop, from a page in that browser. */
	async sync(browser: Browser, send: typeof fetch = fetchFrom(browser)): Promise<RoundOutcome> {
		return this.round(new HttpTransport(() => this.vault.sessionKey.value, send));
	}

	async round(transport: Transport): Promise<RoundOutcome> {
		const { replica, outbox, vault } = this;
		const round = new Round({
			replica,
			outbox,
			transport,
			account: vault.accountId,
			signal: new AbortController().signal,
			onProgress: () => undefined
		});
		return round.run();
	}

	/** Drops the key, and leaves what is on the disk. */
	async close(): Promise<void> {
		this.vault.close();
		await this.vault.drafts.close();
		this.vaults.close();
	}
}

/** Opens what a browser keeps for somebody, by their password. */
export async function unlocked(
	platform: Platform,
	userName: string,
	password: string
): Promise<Device> {
	const vaults = new DeviceVaults(platform);
	const listed = (await vaults.list()).find((account) => account.userName === userName);
	if (!listed) throw new Error(`${userName} has no vault here`);
	const vault = valueOf(await vaults.unlock(listed, password));
	return Device.open({ vaults, vault, platform });
}

export function valueOf<T>(result: Result<T, { readonly code: string }>): T {
	if (!result.ok) throw new Error(JSON.stringify(result.refusal));
	return result.value;
}
