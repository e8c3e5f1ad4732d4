import type { SaveState } from '#lib/ui/look/tone.ts';
import { offlineHoursOf } from '#lib/domain/school/offline-hours.ts';
import { actorFor } from '#lib/domain/accounts/actors.ts';
import type { Actor } from '#lib/domain/kernel/actor.ts';
import type { IsoDate } from '#lib/domain/kernel/ids.ts';
import type { Result } from '#lib/domain/kernel/result.ts';
import { sessionKeyHeaders } from '#lib/protocol/session-key.ts';
import { HttpTransport } from '#lib/sync/http-transport.ts';
import { listen } from '#lib/sync/live.ts';
import { oneTab } from '#lib/sync/one-tab.ts';
import { SyncLoop, type SyncStatus } from '#lib/sync/sync-loop.ts';
import type { DeviceVaults } from '#lib/vault/device/device-vaults.ts';
import type { Replica } from '#lib/vault/replica/replica.ts';
import type { Vault } from '#lib/vault/device/vault.ts';
import { now } from '../browser/clock.ts';
import { ask, type AskFailure } from '../browser/ask.ts';
import type { ChosenSchool } from '../browser/preferences.svelte.ts';
import {
	secure,
	signInAtSchool,
	signInBeside,
	type Admission,
	type SchoolCredentials
} from './school-sign-in.ts';
import { readSession } from './session-questions.ts';
import { syncLine, troubleText } from './sync-text.ts';

/** Why the school that was open here has closed. */
export type AccessEnd =
	| 'wiped'
	| 'blockedBySchool'
	| 'accountInactive'
	/** A pupil's sign-in ended; signing in again opens it. */
	| 'signedOut';

export interface SchoolSyncParts {
	readonly vault: Vault;
	readonly replica: Replica;
	readonly vaults: DeviceVaults;
	readonly today: () => IsoDate;
	/** Called once the vault has gone, or can be opened by the server alone. */
	readonly onEnd: (why: AccessEnd) => void;
}

const hour = 3_600_000;
const minute = 60_000;

const clock = {
	now: () => Date.parse(now()),
	random: () => Math.random(),
	after: (milliseconds: number, work: () => void) => {
		const timer = setTimeout(work, milliseconds);
		return () => clearTimeout(timer);
	}
};

/** Signs in at the server too, where somebody has just typed how; null: it was locked meanwhile. */
export async function startSync(
	parts: SchoolSyncParts,
	typed: SchoolCredentials | null
): Promise<SchoolSync | null> {
	if (typed) await signInBeside(parts.vaults, parts.vault, typed);
	return parts.vault.locked ? null : new SchoolSync(parts);
}

/** Sends waiting changes to the school's server and reads new ones, while the school is open. */
export class SchoolSync {
	readonly #parts: SchoolSyncParts;
	readonly #loop: SyncLoop;
	readonly #cleanups: (() => void)[];
	#status: SyncStatus;
	#stopListening: (() => void) | null = null;
	/** Until when the vault opens without contact, as it was last written down. */
	#openUntil = 0;

	constructor(parts: SchoolSyncParts) {
		const { vault, replica } = parts;
		this.#parts = parts;
		this.#loop = new SyncLoop({
			replica,
			account: vault.accountId,
			transport: new HttpTransport(() => vault.sessionKey.value),
			clock,
			alone: oneTab(navigator.locks, this.#turn, clock.now),
			online: () => navigator.onLine,
			wipe: () => this.#wipe()
		});
		this.#status = $state.raw(this.#loop.status);
		const poke = () => this.poke();
		const seen = () => document.visibilityState === 'visible' && poke();
		addEventListener('online', poke);
		document.addEventListener('visibilitychange', seen);
		const ticking = setInterval(() => this.#lockWhenOver(), minute);
		this.#cleanups = [
			// Another tab has signed in.
			vault.sessionKey.onChange(poke),
			this.#loop.subscribe((status) => void this.#follow(status)),
			() => removeEventListener('online', poke),
			() => document.removeEventListener('visibilitychange', seen),
			() => clearInterval(ticking)
		];
		this.#loop.start();
	}

	get status(): SyncStatus {
		return this.#status;
	}

	/** The text and state that the quiet line shows of it. */
	get line(): { readonly text: string; readonly state: SaveState } {
		return syncLine(this.#status);
	}

	/** Why nothing gets through, and what to do; null: it does. */
	get problem(): string | null {
		const { trouble, waitsUntil } = this.#status;
		return trouble && troubleText(trouble, waitsUntil);
	}

	/** Whether nothing is sent before somebody has typed a password. */
	get asksPassword(): boolean {
		const { trouble } = this.#status;
		return trouble === 'signedOut' || trouble === 'notAllowed';
	}

	/** The school where the person at work here signs in; null: no school at a server. */
	get school(): ChosenSchool | null {
		const { replica } = this.#parts;
		const [school] = replica.state.all('school');
		const id = replica.membership?.schoolId;
		return id !== undefined && school ? { id, name: school.name } : null;
	}

	/** Signs in again; nothing here changes by it. */
	async signIn(typed: SchoolCredentials): Promise<Result<Admission, AskFailure>> {
		return signInAtSchool(this.#parts.vaults, typed);
	}

	/** Goes on under a new sign-in, and has the vault open by that password. */
	async resume(admission: Admission, password: string): Promise<null> {
		const { vaults, vault } = this.#parts;
		await secure(vaults, vault, { admission, password });
		this.poke();
		return null;
	}

	/**
	 * Does something while no tab sends or reads: a new password ends the sign-in before the browser
	 * has the next one, and what is asked in between would be refused.
	 */
	async still<T>(work: () => Promise<T>): Promise<T> {
		return navigator.locks.request(this.#turn, work);
	}

	poke(): void {
		this.#loop.poke();
	}

	/** Breaks off the exchange under way; nothing is lost. */
	close(): void {
		this.#loop.stop();
		this.#stopListening?.();
		for (const cleanup of this.#cleanups) cleanup();
	}

	async #follow(status: SyncStatus): Promise<void> {
		const { trouble, lastContact } = this.#status;
		this.#status = status;
		if (status.trouble === 'notAllowed' && trouble !== 'notAllowed') await this.#findOut();
		if (status.trouble === 'signedOut' && trouble !== 'signedOut') await this.#findSignIn();
		if (status.trouble === null && status.lastContact !== null) this.#listen();
		else if (this.asksPassword) this.#deafen();
		if (status.lastContact !== lastContact) await this.#extend();
	}

	/** Hears of changes as they are made; only once somebody is let in. */
	#listen(): void {
		const { vaultId, sessionKey } = this.#parts.vault;
		this.#stopListening ??= listen({
			locks: navigator.locks,
			name: `schoolsleutel-live-${vaultId}`,
			open: (signal) =>
				fetch('/api/live', { headers: sessionKeyHeaders(sessionKey.value), signal }),
			poke: () => this.poke(),
			...clock
		});
	}

	#deafen(): void {
		this.#stopListening?.();
		this.#stopListening = null;
	}

	/**
	 * Goes on where a new password, or another tab, has brought a new sign-in. A pupil who has none, or
	 * in whose place somebody else signed in, is gone from the screen: the next one must not see them.
	 */
	async #findSignIn(): Promise<void> {
		const { vault, onEnd } = this.#parts;
		const asked = await this.still(async () => {
			await vault.sessionKey.read();
			return ask(readSession(), vault.sessionKey);
		});
		if (asked.ok) this.poke();
		if (asked.ok) return;
		const { code } = asked.refusal;
		if (code !== 'signedOut' && code !== 'locked') return;
		if (this.#actor?.role !== 'pupil' || this.#status.waiting > 0) return;
		vault.lock();
		onEnd('signedOut');
	}

	/** Finds out why nothing is taken: the account has ended, or its device is to be emptied. */
	async #findOut(): Promise<void> {
		const asked = await ask(readSession(), this.#parts.vault.sessionKey);
		if (asked.ok) return;
		const { code } = asked.refusal;
		if (code === 'wiped') await this.#wipe();
		if (code !== 'blockedBySchool' && code !== 'accountInactive') return;
		const { vaults, vault, onEnd } = this.#parts;
		await vaults.joined.endOffline(vault);
		vault.lock();
		onEnd(code);
	}

	async #wipe(): Promise<void> {
		const { vaults, vault, onEnd } = this.#parts;
		await vaults.removeVault(vault);
		onEnd('wiped');
	}

	/** The lock of whoever sends and reads. */
	get #turn(): string {
		return `schoolsleutel-sync-${this.#parts.vault.vaultId}`;
	}

	get #actor(): Actor | null {
		const { replica, vault, today } = this.#parts;
		return actorFor(vault.accountId, replica.state, today());
	}

	/** How long without contact the vault may be open, in milliseconds; null: nothing is known yet. */
	get #offlineTime(): number | null {
		const actor = this.#actor;
		const [school] = this.#parts.replica.state.all('school');
		return actor && school ? offlineHoursOf(actor, school) * hour : null;
	}

	async #extend(): Promise<void> {
		const { vaults, vault } = this.#parts;
		const { lastContact } = this.#status;
		const time = this.#offlineTime;
		if (lastContact === null || time === null || vault.locked) return;
		const until = Date.parse(lastContact) + time;
		if (Math.abs(until - this.#openUntil) < 5 * minute) return;
		this.#openUntil = until;
		await vaults.joined.extend(vault, until);
	}

	#lockWhenOver(): void {
		const { lastContact } = this.#status;
		const time = this.#offlineTime;
		if (lastContact === null || !time) return;
		if (clock.now() > Date.parse(lastContact) + time) this.#parts.vault.lock();
	}
}
