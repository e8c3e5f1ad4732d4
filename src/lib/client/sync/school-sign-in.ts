import { ok, refuse, type Result } from '#lib/domain/kernel/result.ts';
import type { OpenSession, SignedIn } from '#lib/protocol/session.ts';
import type {
	DeviceAccount,
	DeviceVaults,
	OpenVault,
	UnlockFailure
} from '#lib/vault/device/device-vaults.ts';
import type { CreateFailure, JoinedAccount } from '#lib/vault/device/joined-vaults.ts';
import type { Vault } from '#lib/vault/device/vault.ts';
import { ask, askerOf, type AskFailure } from '../browser/ask.ts';
import { now } from '../browser/clock.ts';
import { deviceName } from '../browser/device-name.ts';
import type { ChosenSchool } from '../browser/preferences.svelte.ts';
import { keepKey, readSession, startSession } from './session-questions.ts';

/** The name and password that somebody types to sign in at their school. */
export interface SchoolCredentials {
	readonly school: ChosenSchool;
	readonly userName: string;
	readonly password: string;
}

/**
 * The account that the server let in, and the vault that this device keeps for it; null: none yet.
 */
export interface Admission {
	readonly school: ChosenSchool;
	readonly userName: string;
	readonly info: SignedIn;
	readonly kept: DeviceAccount | null;
}

export type OpenFailure = UnlockFailure | CreateFailure;

/** Signs in at the server; nothing on this device changes by it. */
export async function signInAtSchool(
	device: DeviceVaults,
	{ school, userName, password }: SchoolCredentials
): Promise<Result<Admission, AskFailure>> {
	const here = (await device.list()).filter(({ schoolId }) => schoolId === school.id);
	const signIn = async (kept: DeviceAccount | null) => {
		const vault = kept?.vaultId ?? null;
		const answer = await ask(
			startSession({ school: school.id, userName, password, vault, ...self() }),
			null
		);
		return answer.ok ? ok({ school, userName, info: answer.value, kept }) : answer;
	};
	const called = here.find((each) => each.userName === userName.toLowerCase()) ?? null;
	const admitted = await signIn(called);
	if (!admitted.ok) return admitted;
	const { info } = admitted.value;
	const own = here.find(({ accountId }) => accountId === info.account) ?? null;
	// By an e-mail address, or a name that was changed: only now it is known whose key to ask for.
	if (own !== called) return own ? signIn(own) : ok({ ...admitted.value, kept: null });
	return admitted;
}

/**
 * Opens the vault of the account that the server let in, with all that waits in it; or makes it.
 */
export async function openAdmitted(
	device: DeviceVaults,
	admission: Admission,
	password: string
): Promise<Result<Vault, OpenFailure>> {
	const opened = await openKept(device, admission, password);
	if (opened.ok) await opened.value.sessionKey.keep(admission.info.key);
	return opened;
}

async function openKept(
	device: DeviceVaults,
	admission: Admission,
	password: string
): Promise<Result<Vault, OpenFailure>> {
	const { kept, info } = admission;
	const account = joinedAccount(admission, password);
	const [key] = info.keys;
	if (!kept) return vaultOf(await device.joined.create(account, escrow(admission, account)));
	if (key) return device.joined.reopen(kept.vaultId, key.key, account);
	// The server was put back to before it got the key; the password may still open it.
	const unlocked = await device.unlock(kept, password);
	if (unlocked.ok) await secure(device, unlocked.value, { admission, password });
	return unlocked;
}

/**
 * Lets a vault that is open go on under a new sign-in, and open by that password from now on.
 * Returns whether the server has its key: without, nothing here has changed.
 */
export async function secure(
	{ joined }: DeviceVaults,
	vault: Vault,
	{ admission, password }: { readonly admission: Admission; readonly password: string }
): Promise<boolean> {
	const { info } = admission;
	await vault.sessionKey.keep(info.key);
	const kept = info.keys[0]?.key;
	const key = kept === undefined ? await joined.keyForEscrow(vault, password) : ok(kept);
	if (!key.ok) return false;
	const escrowed =
		kept !== undefined ||
		(await ask(keepKey({ vault: vault.vaultId, key: key.value }), vault.sessionKey)).ok;
	if (escrowed) await joined.adopt(vault, key.value, joinedAccount(admission, password));
	return escrowed;
}

/**
 * Signs in with the password that has just opened a vault, unless its account is signed in on this
 * browser already, by a session whose key lies in the vault. Where the server says that it is
 * another by now, it opens nothing any more.
 */
export async function signInBeside(
	{ joined }: DeviceVaults,
	vault: Vault,
	{ school, userName, password }: SchoolCredentials
): Promise<void> {
	const { sessionKey, accountId } = vault;
	const current = await ask(readSession(), sessionKey);
	if (current.ok ? isIn(current.value, accountId) : !isOut(current.refusal)) return;
	const asked = { school: school.id, userName, password, vault: vault.vaultId };
	const answer = await ask(startSession({ ...asked, ...self() }), sessionKey);
	if (answer.ok) await sessionKey.keep(answer.value.key);
	if (!answer.ok && answer.refusal.code === 'wrongPassword') await joined.endOffline(vault);
}

/** An app of before there were keys has left a session without one; the password is here to mend that. */
function isIn({ account, keyed }: OpenSession, accountId: string): boolean {
	return account === accountId && keyed;
}

/** Nobody is signed in, or by a session whose key is not here, or somebody whose account has ended. */
function isOut({ code }: AskFailure): boolean {
	const isClosed = code === 'signedOut' || code === 'locked';
	return isClosed || code === 'accountInactive' || code === 'blockedBySchool';
}

function self(): { readonly deviceName: string } {
	return { deviceName: deviceName(navigator.userAgent) };
}

function joinedAccount(
	{ school, userName, info, kept }: Admission,
	password: string
): JoinedAccount {
	const { offlineHours: hours, account: accountId } = info;
	const account = kept ?? { userName, displayName: userName };
	return {
		schoolId: school.id,
		schoolName: school.name,
		account: { accountId, userName: account.userName, displayName: account.displayName },
		offline: hours > 0 ? { password, until: Date.parse(now()) + hours * 3_600_000 } : null
	};
}

/** An account that keeps nothing on a device has nothing that could be lost with its key. */
function escrow({ info }: Admission, { offline }: JoinedAccount) {
	return async (vault: string, key: string): Promise<boolean> =>
		offline === null || (await ask(keepKey({ vault, key }), askerOf(info))).ok;
}

function vaultOf<F>(made: Result<OpenVault, F>): Result<Vault, F> {
	return made.ok ? ok(made.value.vault) : refuse(made.refusal);
}
