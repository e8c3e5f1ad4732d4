import { newId } from '#lib/crypto/random.ts';
import { newSigningKeyPair } from '#lib/crypto/signing.ts';
import type { AnyRecord } from '#lib/domain/registry/records.ts';
import {
	enrolmentRecord,
	firstAccount,
	pupilRecord,
	school as schoolRecord
} from '#lib/domain/testing/test-school.ts';
import { className, surnames } from './class.ts';
import type { OpenedSchool } from './endpoint.ts';
import { family } from './family-school.ts';

/** Two of the administration, who each hand out cards on a device of their own. */
export const handers = {
	an: { ...family.administrator, displayName: 'An Peeters' },
	bea: { userName: 'bwillems', password: 'lepel wolk tractor', displayName: 'Bea Willems' }
} as const;

/** A school at an endpoint with the first pupils of the class, none of whom has a card yet. */
export async function cardSchool(pupils: number): Promise<OpenedSchool> {
	const [id, groupId, keyId] = [newId(), newId(), newId()];
	const { schoolName: name } = family;
	const { publicKey, privateKey } = await newSigningKeyPair();
	const thisYear = new Date().getFullYear();
	const stay = { from: `${thisYear - 1}-01-01`, to: `${thisYear + 1}-12-31` };
	const staff = Object.values(handers).map(({ userName, displayName, password }) => {
		const [account, secretId] = [newId(), newId()];
		return {
			record: { ...firstAccount, id: account, userName, displayName, secretId },
			password: { id: secretId, account, secret: { kind: 'temporary', text: password } as const }
		};
	});
	const records: AnyRecord[] = [
		{ ...schoolRecord, id, name },
		{ kind: 'group', id: groupId, name: className },
		{ kind: 'cardKey', id: keyId, number: 1, publicKey, retiredAt: null },
		{ kind: 'cardKeyPrivate', id: keyId, privateKey },
		...staff.map(({ record }) => record),
		...surnames.slice(0, pupils).flatMap((familyName, at) => {
			const pupilId = newId();
			const pupilNumber = String(1000 + at);
			return [
				pupilRecord(pupilId, { givenName: 'Noor', familyName, groupId, pupilNumber }),
				enrolmentRecord(pupilId, { id: newId(), ...stay })
			];
		})
	];
	const passwords = staff.map(({ password }) => password);
	return { id, name, number: '123456', records, passwords };
}
