import { newRecoveryCode } from '#lib/crypto/recovery-code.ts';
import { newSigningKeyPair } from '#lib/crypto/signing.ts';
import { demoSchool } from '#lib/demo/demo-school.ts';
import { demoAccount, demoPassword as password } from '#lib/demo/sign-in.ts';
import { ok, type Result } from '#lib/domain/kernel/result.ts';
import type { DeviceVaults } from '#lib/vault/device/device-vaults.ts';
import type { CommitFailure } from '#lib/vault/replica/replica.ts';
import type { Credentials } from '../session/sign-in-here.ts';
import { today } from '../browser/clock.ts';

/** *Demoschool openen*: makes it, and leaves it locked. Returns who can sign in to it. */
export async function makeDemo(device: DeviceVaults): Promise<Result<Credentials, CommitFailure>> {
	const { userName, displayName } = demoAccount;
	const keys = await newSigningKeyPair();
	const demo = demoSchool({ today: today(), account: demoAccount, keys });
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
	return ok({ vaultId: vault.vaultId, userName, password });
}
