import type {
	DeviceAccount,
	RecoveryFailure,
	UnlockFailure
} from '#lib/vault/device/device-vaults.ts';
import type { SchoolCredentials } from '../sync/school-sign-in.ts';

/** The name and password that somebody types to sign in to a school kept on this device. */
export interface Credentials {
	readonly vaultId: string;
	readonly userName: string;
	readonly password: string;
}

export type SignInFailure =
	| UnlockFailure
	| RecoveryFailure
	/** The school has ended this account, or blocked it. */
	| { readonly code: 'accountInactive' }
	/** Nobody is called that on this device. */
	| { readonly code: 'notHere' };

/** Signs people in to what this device keeps. */
export interface DeviceSignIn {
	readonly accounts: readonly DeviceAccount[];
	/** Finds out anew who can sign in here. */
	readAccounts(): Promise<void>;
	/** Returns why not; null: the school is open. */
	signIn(typed: Credentials): Promise<SignInFailure | null>;
}

/** Signs in to what this device keeps of that school for them, whichever vault it is in. */
export async function signInHere(
	app: DeviceSignIn,
	{ school, userName, password }: SchoolCredentials
): Promise<SignInFailure | null> {
	await app.readAccounts();
	const called = userName.toLowerCase();
	const kept = app.accounts.find(
		(account) => account.schoolId === school.id && account.userName === called
	);
	if (!kept) return { code: 'notHere' };
	return app.signIn({ vaultId: kept.vaultId, userName: called, password });
}
