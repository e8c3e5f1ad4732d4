import { newId } from '#lib/crypto/random.ts';
import { newSigningKeyPair } from '#lib/crypto/signing.ts';
import { isInstellingsnummer } from '#lib/domain/numbers/school-number.ts';
import { laterAccountFields, rights } from '#lib/domain/accounts/account-rules.ts';
import type { CreateSchool } from '#lib/domain/school/mutators.ts';
import { laterSettings } from '#lib/domain/school/settings.ts';
import type { Account, School } from '#lib/domain/records.ts';

/** What *Nieuwe school op dit apparaat* asks. */
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
): Promise<CreateSchool & { readonly school: School; readonly account: Account }> {
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
