import { newRecoveryCode } from '#lib/crypto/recovery-code.ts';
import { newId } from '#lib/crypto/random.ts';
import { newSigningKeyPair } from '#lib/crypto/signing.ts';
import { actorOf } from '#lib/domain/accounts/account-rules.ts';
import { ok, refuse, type Result } from '#lib/domain/result.ts';
import { ToastList } from '#lib/ui/toasts.svelte.ts';
import type {
	DeviceAccount,
	DeviceVaults,
	RecoveryFailure,
	UnlockFailure
} from '#lib/vault/device-vaults.ts';
import { mayHoldVaults } from '#lib/vault/presence.ts';
import type { CommitFailure, Replica } from '#lib/vault/replica.ts';
import type { Vault } from '#lib/vault/vault.ts';
import { now, today } from './clock.ts';
import { followAccounts, mayOpen } from './device-accounts.ts';
import { Install } from './install.svelte.ts';
import { createSchoolArgs, type NewSchool } from './new-school.ts';
import { Preferences } from './preferences.svelte.ts';
import { Session } from './session.svelte.ts';
import { askToKeepStorage } from './storage.ts';

/** `starting`: not known yet. `noSchool`: nothing on this device. */
export type Phase = 'starting' | 'noSchool' | 'locked' | 'open';

export interface Credentials {
	readonly vaultId: string;
	readonly userName: string;
	readonly password: string;
}

export type SignInFailure = UnlockFailure | RecoveryFailure;

/** What the welcome screen shows of a demo school made here. */
export interface DemoSignIn {
	readonly vaultId: string;
	readonly userName: string;
	readonly password: string;
}

/** The running app on this device: which schools it has, and the one that is open. */
export class App {
	readonly preferences = new Preferences();
	readonly toasts = new ToastList();
	readonly install = new Install(this.preferences);
	#vaults: DeviceVaults | null = null;
	#phase = $state<Phase>('starting');
	#accounts = $state.raw<readonly DeviceAccount[]>([]);
	#session = $state.raw<Session | null>(null);
	#demoSignIn = $state.raw<DemoSignIn | null>(null);
	#storageMissing = $state(false);
	#workers = $state(0);
	#workerCount = 0;

	get phase(): Phase {
		return this.#phase;
	}

	/** Who can sign in on this device. */
	get accounts(): readonly DeviceAccount[] {
		return this.#accounts;
	}

	get session(): Session | null {
		return this.#session;
	}

	get demoSignIn(): DemoSignIn | null {
		return this.#demoSignIn;
	}

	/** This browser keeps nothing: a private window, or storage switched off. */
	get storageMissing(): boolean {
		return this.#storageMissing;
	}

	/** Whether somebody is in the middle of something that a reload would break off. */
	get working(): boolean {
		return this.#workers > 0;
	}

	/** Marks such work. Answers how to end it; fit for an effect. */
	startWork(): () => void {
		// Counted beside the state: an effect that calls this must not run again because of it, and when
		// one ends, state reads as it was before.
		const change = (by: number) => (this.#workers = this.#workerCount += by);
		change(1);
		return () => void change(-1);
	}

	/** Who signed in last, for the form to fill in. */
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
		} catch {
			this.#storageMissing = true;
			this.#phase = 'noSchool';
			return;
		}
		const vault = this.#accounts.length > 0 ? await (await this.#openDevice()).resume() : null;
		if (vault) await this.#open(vault);
		if (this.#phase === 'starting') this.#phase = this.#closedPhase();
	}

	/** *Nieuwe school op dit apparaat*. Answers the recovery code, which is nowhere else. */
	async createSchool(
		form: NewSchool
	): Promise<Result<{ readonly recoveryCode: string }, CommitFailure>> {
		const args = await createSchoolArgs(form);
		const actor = actorOf(args.account);
		if (!actor) throw new Error('a new account is not archived');
		const recoveryCode = newRecoveryCode();
		const mutation = {
			name: 'school.create@1',
			args,
			uid: newId(),
			batch: null,
			actorId: actor.id,
			madeAt: now()
		};
		const { displayName, userName } = form;
		const device = await this.#openDevice();
		const made = await device.create({
			schoolName: form.name,
			account: { accountId: actor.id, displayName, userName },
			password: form.password,
			recoveryCode,
			entries: [{ mutation, actor, today: today() }]
		});
		if (!made.ok) return made;
		await this.readAccounts();
		this.#enter(made.value.vault, made.value.replica);
		return ok({ recoveryCode });
	}

	/** *Demoschool openen*: makes it, and leaves it locked with its sign-in on the screen. */
	async createDemo(): Promise<Result<void, CommitFailure>> {
		const { demoSchool } = await import('#lib/demo/demo-school.ts');
		const { demoAccount, demoPassword: password } = await import('#lib/demo/sign-in.ts');
		const { userName, displayName } = demoAccount;
		const keys = await newSigningKeyPair();
		const demo = demoSchool({ today: today(), account: demoAccount, keys });
		const device = await this.#openDevice();
		const made = await device.create({
			schoolName: demo.schoolName,
			account: { accountId: demo.accountId, userName, displayName },
			password,
			recoveryCode: newRecoveryCode(),
			entries: demo.steps
		});
		if (!made.ok) return made;
		const { vault } = made.value;
		vault.lock();
		await this.readAccounts();
		this.#demoSignIn = { vaultId: vault.vaultId, userName, password };
		this.#phase = 'locked';
		return ok(undefined);
	}

	/** Answers why not; null: the school is open. */
	async signIn({ vaultId, userName, password }: Credentials): Promise<SignInFailure | null> {
		let refused: SignInFailure | null = { code: 'wrongPassword', until: null };
		for (const account of await this.#accountsCalled(vaultId, userName)) {
			refused = await this.#openUnlocked(account, await this.#device.unlock(account, password));
			if (!refused) break;
		}
		return refused;
	}

	/** Opens by the printed recovery code, with a new password for that account. */
	async recover(form: Credentials & { readonly code: string }): Promise<SignInFailure | null> {
		const [account] = await this.#accountsCalled(form.vaultId, form.userName);
		if (!account) return { code: 'wrongPassword', until: null };
		const unlocked = await this.#device.unlockWithRecovery(account, form.code, form.password);
		return this.#openUnlocked(account, unlocked);
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

	/** Finds out anew who can sign in on this device. */
	async readAccounts(): Promise<void> {
		this.#accounts = await (await this.#openDevice()).list();
		if (!this.#session && this.#phase !== 'starting') this.#phase = this.#closedPhase();
	}

	get #device(): DeviceVaults {
		if (!this.#vaults) throw new Error('nothing of this device has been opened');
		return this.#vaults;
	}

	async #openDevice(): Promise<DeviceVaults> {
		const { openDevice } = await import('./device.ts');
		this.#vaults ??= openDevice();
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

	async #openUnlocked(
		account: DeviceAccount,
		unlocked: Result<Vault, SignInFailure>
	): Promise<SignInFailure | null> {
		if (!unlocked.ok) return unlocked.refusal;
		this.preferences.lastAccountId = account.accountId;
		const opened = await this.#open(unlocked.value);
		return opened.ok ? null : opened.refusal;
	}

	async #open(vault: Vault): Promise<Result<void, SignInFailure>> {
		const opened = await vault.open();
		if (!opened.ok) {
			vault.lock();
			return refuse(opened.refusal);
		}
		if (!mayOpen(opened.value.state, vault.accountId)) {
			// Archived, but its password was still here: the app was closed in between.
			vault.close();
			await this.#device.removeAccount(vault, vault.accountId);
			await this.readAccounts();
			return refuse({ code: 'wrongPassword', until: null });
		}
		this.#enter(vault, opened.value);
		return ok(undefined);
	}

	#enter(vault: Vault, replica: Replica): void {
		const session = new Session({
			vault,
			replica,
			vaults: this.#device,
			toasts: this.toasts,
			preferences: this.preferences
		});
		const stop = followAccounts(
			{ vaults: this.#device, vault, replica },
			() => void this.readAccounts()
		);
		vault.onLock(() => {
			stop();
			this.#left(session);
		});
		this.#session = session;
		this.#phase = 'open';
		void askToKeepStorage();
	}

	#left(session: Session): void {
		session.close();
		if (this.#session !== session) return;
		this.#session = null;
		this.toasts.clear();
		this.#phase = this.#closedPhase();
		// Another tab may have renamed, added or removed somebody.
		void this.readAccounts();
	}

	#closedPhase(): Phase {
		return this.#accounts.length > 0 ? 'locked' : 'noSchool';
	}
}
