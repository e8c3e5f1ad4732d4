import { ok, type Result } from '#lib/domain/kernel/result.ts';
import { ToastList } from '#lib/ui/feedback/toasts.svelte.ts';
import type { DeviceAccount, DeviceVaults } from '#lib/vault/device/device-vaults.ts';
import { isNotReady } from '#lib/vault/disk/patience.ts';
import { mayHoldVaults } from '#lib/vault/disk/presence.ts';
import type { CommitFailure, Replica } from '#lib/vault/replica/replica.ts';
import type { Vault } from '#lib/vault/device/vault.ts';
import { today } from '../browser/clock.ts';
import { followAccounts, hasLeft, mayOpen } from '../session/device-accounts.ts';
import { Install } from '../browser/install.svelte.ts';
import type { NewSchool } from '../school/new-school.ts';
import { Preferences } from '../browser/preferences.svelte.ts';
import type { SchoolCredentials } from '../sync/school-sign-in.ts';
import type { AccessEnd } from '../sync/school-sync.svelte.ts';
import { Session } from '../session/session.svelte.ts';
import type { Credentials, DeviceSignIn, SignInFailure } from '../session/sign-in-here.ts';
import { isHere, whenHere } from '../session/when-here.ts';
import { askToKeepStorage } from '../browser/storage.ts';

/**
 * `starting`: not known yet. `noSchool`: nothing on this device. `loading`: somebody is in, and the
 * school is on its way from the server.
 */
export type Phase = 'starting' | 'noSchool' | 'locked' | 'loading' | 'open';

/** The running app on this device: which schools it has, and the one that is open. */
export class App implements DeviceSignIn {
	readonly preferences = new Preferences();
	readonly toasts = new ToastList();
	readonly install = new Install(this.preferences);
	#vaults: DeviceVaults | null = null;
	#phase = $state<Phase>('starting');
	#accounts = $state.raw<readonly DeviceAccount[]>([]);
	#session = $state.raw<Session | null>(null);
	#demoSignIn = $state.raw<Credentials | null>(null);
	#ended = $state.raw<AccessEnd | null>(null);
	#storage = $state<'kept' | 'none' | 'notOpening'>('kept');
	#workers = $state(0);
	#workerCount = 0;

	get phase(): Phase {
		return this.#phase;
	}

	/** The accounts that can sign in on this device. */
	get accounts(): readonly DeviceAccount[] {
		return this.#accounts;
	}

	get session(): Session | null {
		return this.#session;
	}

	/** The account that signs in to a demo school that was just made here. */
	get demoSignIn(): Credentials | null {
		return this.#demoSignIn;
	}

	/** Why the school that was open here no longer opens; until the next sign-in. */
	get ended(): AccessEnd | null {
		return this.#ended;
	}

	/** This browser keeps nothing: a private window, or storage switched off. */
	get storage(): 'kept' | 'none' | 'notOpening' {
		return this.#storage;
	}

	/** Whether somebody is in the middle of something that a reload would break off. */
	get working(): boolean {
		return this.#workers > 0;
	}

	/** Marks such work. Returns how to end it; fit for an effect. */
	startWork(): () => void {
		// Counted beside the state: an effect that calls this must not run again because of it, and when
		// one ends, state reads as it was before.
		const change = (by: number) => (this.#workers = this.#workerCount += by);
		change(1);
		return () => void change(-1);
	}

	/** The account that signed in last, for the form to fill in. */
	get lastAccount(): DeviceAccount | undefined {
		const last = this.preferences.lastAccountId;
		return this.#accounts.find(({ accountId }) => accountId === last) ?? this.#accounts[0];
	}

	schoolName(vaultId: string): string {
		return this.#accounts.find((account) => account.vaultId === vaultId)?.schoolName ?? '';
	}

	/** Finds out what is on this device, and goes on where another tab is signed in. */
	async start(): Promise<void> {
		try {
			if (await mayHoldVaults()) await this.readAccounts();
		} catch (error) {
			this.#storage = isNotReady(error) ? 'notOpening' : 'none';
			this.#phase = 'noSchool';
			return;
		}
		const vault = this.#accounts.length > 0 ? await (await this.openDevice()).resume() : null;
		if (vault) await this.open(vault);
		else if (this.#accounts.length > 0) await this.#erasePassing();
		if (this.#phase === 'starting') this.#phase = this.#closedPhase();
	}

	/** *Nieuwe school op dit apparaat*. Returns the recovery code, which is nowhere else. */
	async createSchool(
		form: NewSchool
	): Promise<Result<{ readonly recoveryCode: string }, CommitFailure>> {
		const { makeSchool } = await import('../school/new-school.ts');
		const made = await makeSchool(await this.openDevice(), form);
		if (!made.ok) return made;
		const { vault, replica, recoveryCode } = made.value;
		await this.readAccounts();
		this.#enter(vault, replica);
		return ok({ recoveryCode });
	}

	/** *Demoschool openen*: makes it, and leaves it locked with its sign-in on the screen. */
	async createDemo(): Promise<Result<void, CommitFailure>> {
		const { makeDemo } = await import('../school/make-demo.ts');
		const made = await makeDemo(await this.openDevice());
		if (!made.ok) return made;
		await this.readAccounts();
		this.#demoSignIn = made.value;
		this.#phase = 'locked';
		return ok(undefined);
	}

	/** Returns why not; null: the school is open. */
	async signIn({ vaultId, userName, password }: Credentials): Promise<SignInFailure | null> {
		let refused: SignInFailure | null = { code: 'notHere' };
		for (const account of await this.#accountsCalled(vaultId, userName)) {
			const unlocked = await this.#device.unlock(account, password);
			const { schoolId, schoolName: name } = account;
			const school = schoolId === null ? null : { id: schoolId, name };
			const typed = school && { school, userName, password };
			refused = unlocked.ok ? await this.open(unlocked.value, typed) : unlocked.refusal;
			if (!refused) break;
		}
		return refused;
	}

	/** Opens by the printed recovery code, with a new password for that account. */
	async recover(form: Credentials & { readonly code: string }): Promise<SignInFailure | null> {
		const [account] = await this.#accountsCalled(form.vaultId, form.userName);
		if (!account) return { code: 'wrongPassword', until: null };
		const unlocked = await this.#device.unlockWithRecovery(account, form.code, form.password);
		return unlocked.ok ? this.open(unlocked.value) : unlocked.refusal;
	}

	/**
	 * Shows the school of an unlocked vault. Returns why not; null: it is open, or being loaded.
	 *
	 * @param typed the name and password that unlocked it here, for the server too; null: the server
	 *   let them in already, or another tab did
	 */
	async open(vault: Vault, typed: SchoolCredentials | null = null): Promise<SignInFailure | null> {
		const opened = await vault.open();
		if (!opened.ok) {
			vault.lock();
			return opened.refusal;
		}
		const replica = opened.value;
		const { accountId, membership } = vault;
		if (isHere(replica) && !mayOpen(replica.state, accountId, today())) {
			const left = !membership && hasLeft(replica.state, accountId);
			vault.close();
			if (!left) return { code: 'accountInactive' };
			// Archived, but its password was still here: the app was closed in between.
			await this.#device.removeAccount(vault, accountId);
			await this.readAccounts();
			return { code: 'wrongPassword', until: null };
		}
		this.preferences.lastAccountId = accountId;
		this.#enter(vault, replica);
		if (membership?.joined) void this.#session?.connect(typed);
		return null;
	}

	/** *Vergrendelen*, in all tabs. */
	lock(): void {
		this.#session?.lock();
	}

	/** *School van dit apparaat verwijderen*: all of it, for good. */
	async removeSchool(): Promise<void> {
		const { session } = this;
		if (!session) return;
		await this.#device.removeVault(session.vault);
		this.#demoSignIn = null;
		await this.readAccounts();
	}

	/** Returns the keeper of the schools on this device; loaded when it is first needed. */
	async openDevice(): Promise<DeviceVaults> {
		const { openDevice } = await import('./device.ts');
		this.#vaults ??= openDevice();
		return this.#vaults;
	}

	/** Finds out anew who can sign in on this device. */
	async readAccounts(): Promise<void> {
		this.#accounts = await (await this.openDevice()).list();
		if (!this.#session && this.#phase !== 'starting') this.#phase = this.#closedPhase();
	}

	get #device(): DeviceVaults {
		if (!this.#vaults) throw new Error('nothing of this device has been opened');
		return this.#vaults;
	}

	/** One, or where the device's list was damaged all whose names are known only once one is open. */
	async #accountsCalled(vaultId: string, userName: string): Promise<readonly DeviceAccount[]> {
		// Another tab may have made or renamed it.
		await this.readAccounts();
		const here = this.#accounts.filter((account) => account.vaultId === vaultId);
		const called = here.filter((account) => account.userName === userName);
		return called.length > 0 ? called : here.filter((account) => account.userName === '');
	}

	#enter(vault: Vault, replica: Replica): void {
		const session = new Session({
			vault,
			replica,
			vaults: this.#device,
			toasts: this.toasts,
			preferences: this.preferences,
			startWork: () => this.startWork(),
			onEnd: (why) => {
				this.#ended = why;
				void this.readAccounts();
			}
		});
		this.#ended = null;
		this.#session = session;
		const stop = whenHere(replica, () => {
			this.#phase = 'open';
			return followAccounts(
				{ vaults: this.#device, vault, replica, today: () => session.today },
				() => void this.readAccounts()
			);
		});
		if (this.#phase !== 'open') this.#phase = 'loading';
		vault.onLock(() => {
			stop();
			this.#left(session);
		});
		void askToKeepStorage();
	}

	#left(session: Session): void {
		session.close();
		if (this.#session !== session) return;
		this.#session = null;
		this.toasts.clear();
		this.#phase = this.#closedPhase();
		// The next person to sit there is another pupil.
		if (session.actor?.role === 'pupil') void endSessionHere();
		void this.#erasePassing();
	}

	/**
	 * Erases the vault that a pupil had open; and another tab may have renamed, added or removed
	 * somebody.
	 */
	async #erasePassing(): Promise<void> {
		await this.#device.joined.erasePassing();
		await this.readAccounts();
	}

	#closedPhase(): Phase {
		return this.#accounts.length > 0 ? 'locked' : 'noSchool';
	}
}

async function endSessionHere(): Promise<void> {
	const ownAccount = await import('../accounts/own-account.ts');
	await ownAccount.endSessionHere();
}
