import { newRecoveryCode } from '#lib/crypto/recovery-code.ts';
import { newId, newTimedId } from '#lib/crypto/random.ts';
import { newSigningKeyPair } from '#lib/crypto/signing.ts';
import { isInstellingsnummer } from '#lib/domain/kernel/numbers/school-number.ts';
import { actorOf, laterAccountFields } from '#lib/domain/accounts/account-rules.ts';
import { rights } from '#lib/domain/kernel/actor.ts';
import type { ArgsOf } from '#lib/domain/registry/mutations.ts';
import { laterSettings } from '#lib/domain/school/settings.ts';
import type { Account } from '#lib/domain/accounts/kinds.ts';
import type { School } from '#lib/domain/school/kinds.ts';
import { ok, type Result } from '#lib/domain/kernel/result.ts';
import type { DeviceVaults, OpenVault } from '#lib/vault/device/device-vaults.ts';
import type { CommitFailure } from '#lib/vault/replica/replica.ts';
import { now, today } from '../browser/clock.ts';

/** The fields of *Nieuwe school op dit apparaat*. */
export interface NewSchool {
	readonly name: string;
	/** BRIN or instellingsnummer; the country follows from it. */
	readonly number: string;
	readonly displayName: string;
	readonly userName: string;
	readonly password: string;
}

/** The arguments of a school's first mutation, with its defaults. */
export async function createSchoolArgs(
	form: NewSchool
): Promise<ArgsOf<'school.create@1'> & { readonly school: School; readonly account: Account }> {
	const flemish = isInstellingsnummer(form.number);
	const school: School = {
		...laterSettings,
		kind: 'school',
		id: newId(),
		name: form.name,
		number: form.number,
		country: flemish ? 'BE' : 'NL',
		loginBase: 'https://mijn.leerid.be/',
		imagePasswordLength: 5,
		imagePasswordChoices: 20,
		lockAfterMinutes: 15,
		schoolYearEnd: flemish ? '08-31' : '07-31'
	};
	const account: Account = {
		...laterAccountFields,
		kind: 'account',
		id: newId(),
		userName: form.userName,
		displayName: form.displayName,
		role: 'administration',
		rights: [...rights],
		archivedAt: null
	};
	const keyId = newId();
	const keys = await newSigningKeyPair();
	return {
		school,
		account,
		cardKey: { kind: 'cardKey', id: keyId, number: 1, publicKey: keys.publicKey, retiredAt: null },
		cardKeyPrivate: { kind: 'cardKeyPrivate', id: keyId, privateKey: keys.privateKey }
	};
}

/** Makes a school on this device, with its first account. The recovery code is nowhere else. */
export async function makeSchool(
	device: DeviceVaults,
	form: NewSchool
): Promise<Result<OpenVault & { readonly recoveryCode: string }, CommitFailure>> {
	const args = await createSchoolArgs(form);
	const actor = actorOf(args.account);
	if (!actor) throw new Error('a new account is not archived');
	const recoveryCode = newRecoveryCode();
	const mutation = {
		name: 'school.create@1',
		args,
		uid: newTimedId(),
		batch: null,
		actorId: actor.id,
		madeAt: now()
	};
	const { displayName, userName } = form;
	const made = await device.create({
		schoolName: form.name,
		account: { accountId: actor.id, displayName, userName },
		password: form.password,
		recoveryCode,
		entries: [{ mutation, actor, today: today() }]
	});
	return made.ok ? ok({ ...made.value, recoveryCode }) : made;
}
