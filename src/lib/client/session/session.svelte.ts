import { newId, newTimedId } from '#lib/crypto/random.ts';
import type { Secrets } from '#lib/domain/credentials/secret.ts';
import type { Actor, Right } from '#lib/domain/kernel/actor.ts';
import { administrationWith } from '#lib/domain/kernel/role-rules.ts';
import type { Mutation } from '#lib/domain/kernel/mutation.ts';
import type { ArgsOf, MutationName } from '#lib/domain/registry/mutations.ts';
import type { Account } from '#lib/domain/accounts/kinds.ts';
import type { Id, Instant, IsoDate } from '#lib/domain/kernel/ids.ts';
import type { School } from '#lib/domain/school/kinds.ts';
import { refuse, type Result } from '#lib/domain/kernel/result.ts';
import { actorFor } from '#lib/domain/accounts/actors.ts';
import type { SchoolState } from '#lib/domain/registry/state.ts';
import type { ToastList } from '#lib/ui/feedback/toasts.svelte.ts';
import { foldInPauses } from '#lib/vault/replica/auto-fold.ts';
import type { DeviceVaults } from '#lib/vault/device/device-vaults.ts';
import type { Membership } from '#lib/vault/pages/head.ts';
import type { CommitFailure, Committed, Replica } from '#lib/vault/replica/replica.ts';
import type { Vault } from '#lib/vault/device/vault.ts';
import { now, today } from '../browser/clock.ts';
import { watchIdle } from '../browser/idle.ts';
import type { Preferences } from '../browser/preferences.svelte.ts';
import type { SchoolCredentials } from '../sync/school-sign-in.ts';
import type { AccessEnd, SchoolSync } from '../sync/school-sync.svelte.ts';

/** Something to do to the school's data: which mutation, with what. */
export interface Command<Name extends MutationName = MutationName> {
	readonly name: Name;
	readonly args: ArgsOf<Name>;
	/** Passwords that travel beside the arguments. */
	readonly secrets?: Secrets;
}

/** Ties a command's arguments to its name. */
export function command<Name extends MutationName>(
	name: Name,
	args: ArgsOf<Name>,
	secrets?: Secrets
): Command {
	return { name, args, secrets };
}

export interface Done extends Committed {
	/** Shared by all of it: what undo takes back. */
	readonly batch: Id;
}

export type SaveStatus =
	| { readonly state: 'saved'; readonly at: Instant | null }
	| { readonly state: 'saving' }
	| { readonly state: 'failed'; readonly failure: CommitFailure };

export interface SessionParts {
	readonly vault: Vault;
	readonly replica: Replica;
	readonly vaults: DeviceVaults;
	readonly toasts: ToastList;
	readonly preferences: Preferences;
	/** Marks something that a reload would break off. Returns how to end it. */
	readonly startWork: () => () => void;
	/** The server has ended this sign-in; the school is no longer open. */
	readonly onEnd: (why: AccessEnd) => void;
}

/** The open school of whoever is signed in. */
export class Session {
	readonly vault: Vault;
	readonly vaults: DeviceVaults;
	readonly toasts: ToastList;
	readonly preferences: Preferences;
	readonly startWork: () => () => void;
	/** For what the server sends and gets. Pages read `state`. */
	readonly replica: Replica;
	/** When whoever is signed in, signed in. */
	readonly openedAt: Instant = now();
	readonly #onEnd: (why: AccessEnd) => void;
	readonly #cleanups: (() => void)[];
	/** Another object after every change, though the state in it may be the same one. */
	#shown: {
		readonly state: SchoolState;
		readonly version: number;
		readonly membership: Membership | null;
	};
	#clockDay = $state<IsoDate>(today());
	#sync = $state.raw<SchoolSync | null>(null);
	#saved = $state.raw<SaveStatus>({ state: 'saved', at: null });

	constructor({ vault, replica, vaults, toasts, preferences, startWork, onEnd }: SessionParts) {
		this.vault = vault;
		this.vaults = vaults;
		this.toasts = toasts;
		this.preferences = preferences;
		this.startWork = startWork;
		this.replica = replica;
		this.#onEnd = onEnd;
		this.#shown = $state.raw(shownOf(replica));
		const ticking = setInterval(() => (this.#clockDay = today()), 30_000);
		this.#cleanups = [
			replica.subscribe(() => (this.#shown = shownOf(replica))),
			watchIdle(
				() => this.school?.lockAfterMinutes ?? 15,
				() => this.lock()
			),
			foldInPauses(replica),
			() => clearInterval(ticking)
		];
		vault.onTrouble((failure) => (this.#saved = { state: 'failed', failure }));
	}

	/** The school's records. An effect or a template that reads this follows its changes. */
	get state(): SchoolState {
		return this.#shown.state;
	}

	/** Counts up with every change of `state`. */
	get version(): number {
		return this.#shown.version;
	}

	/** The later of this device's date and the server's: a clock that is behind opens nothing. */
	get today(): IsoDate {
		const told = this.membership?.today ?? '';
		return told > this.#clockDay ? told : this.#clockDay;
	}

	/**
	 * Until when changes made anywhere are in `state`. A school that no other device has is never behind.
	 */
	get updatedUntil(): Instant {
		return this.sync?.status.updatedUntil ?? this.membership?.lastContact ?? now();
	}

	get school(): School | undefined {
		const [school] = this.state.all('school');
		return school;
	}

	get account(): Account | undefined {
		return this.state.get('account', this.vault.accountId);
	}

	/** The user name of the account that is signed in. */
	get userName(): string {
		const { state, vault } = this;
		return this.account?.userName ?? state.get('leerId', vault.accountId)?.userName ?? '';
	}

	get actor(): Actor | null {
		return actorFor(this.vault.accountId, this.state, this.today);
	}

	/**
	 * Tells whether the account does the work of one of these rights: for the things that a page
	 * offers. A right alone does not say so, since an account keeps it while it is of another role.
	 */
	may(...oneOf: readonly Right[]): boolean {
		const { actor } = this;
		return actor !== null && administrationWith(...oneOf)(actor);
	}

	get saveStatus(): SaveStatus {
		return this.#saved;
	}

	/** The school's place at a server; null: it has none. */
	get membership(): Membership | null {
		return this.#shown.membership;
	}

	/** The exchange with the school's server; null: it has none, or not yet. */
	get sync(): SchoolSync | null {
		return this.#sync;
	}

	/**
	 * Starts sending what waits and reading what is new, for a school at a server.
	 * @param typed the name and password that have just unlocked the vault, for the server to be told
	 *   too
	 */
	async connect(typed: SchoolCredentials | null): Promise<void> {
		const { startSync } = await import('../sync/school-sync.svelte.ts');
		const { vault, vaults, replica } = this;
		const parts = { vault, vaults, replica, today: () => this.today };
		this.#sync = await startSync({ ...parts, onEnd: this.#onEnd }, typed);
	}

	/**
	 * Runs commands as one batch: all of them, or the first refusal. Once this returns, they are on
	 * the disk and in `state`.
	 */
	async commit(commands: readonly Command[]): Promise<Result<Done, CommitFailure>> {
		const batch = newId();
		const madeAt = now();
		const actor = this.actor;
		if (!actor) return refuse({ code: 'notAllowed', index: 0 });
		const proposals = commands.map(({ name, args, secrets }) => {
			const mutation: Mutation = {
				name,
				args,
				uid: newTimedId(),
				batch,
				actorId: actor.id,
				madeAt
			};
			return { mutation, secrets };
		});
		this.#saved = { state: 'saving' };
		const result = await this.replica.commit(proposals, { actor, today: this.today });
		if (!result.ok) {
			const { refusal } = result;
			// A rule's "no" is the caller's to tell; what the disk says stays in view.
			this.#saved =
				'index' in refusal ? { state: 'saved', at: now() } : { state: 'failed', failure: refusal };
			return result;
		}
		this.#saved = { state: 'saved', at: now() };
		return { ok: true, value: { ...result.value, batch } };
	}

	/** Brings the history of records into `state`. */
	async loadHistory(): Promise<void> {
		await this.replica.loadHistory();
		this.#shown = shownOf(this.replica);
	}

	/** Issued passwords that are still kept, by id. */
	async secrets(ids: readonly Id[]): ReturnType<Replica['secrets']> {
		return this.replica.secrets(ids);
	}

	/** Locks in all tabs. */
	lock(): void {
		this.vault.lock();
	}

	/** Lets go of timers; after a lock. */
	close(): void {
		this.#sync?.close();
		for (const cleanup of this.#cleanups) cleanup();
	}
}

function shownOf({ state, version, membership }: Replica) {
	return { state, version, membership };
}
