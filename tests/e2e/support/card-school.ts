import { newId } from '#lib/crypto/random.ts';
import { importSigningKey, newSigningKeyPair, sign } from '#lib/crypto/signing.ts';
import { encodeCardPayload, formatCardCode } from '#lib/domain/cards/card-code.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import type { AnyRecord } from '#lib/domain/registry/records.ts';
import {
	enrolmentRecord,
	firstAccount,
	pupilRecord,
	school as schoolRecord
} from '#lib/domain/testing/test-school.ts';
import { drawCard, type PrintedCard } from './camera.ts';
import { className, surnames } from './class.ts';
import type { OpenedSchool } from './endpoint.ts';
import { family } from './family-school.ts';

/** Two of the administration, who each hand out cards on a device of their own. */
export const handers = {
	an: { ...family.administrator, displayName: 'An Peeters' },
	bea: { userName: 'bwillems', password: 'lepel wolk tractor', displayName: 'Bea Willems' }
} as const;

/** A card that the school made, with the records that it belongs to. */
export interface IssuedCard extends PrintedCard {
	readonly cardId: Id;
	readonly leerIdId: Id;
	readonly secretId: Id;
}

/** A school at a server with the first pupils of the class, each of whom has a card. */
export interface CardSchool {
	readonly school: OpenedSchool;
	/** In the order of the class. */
	readonly cards: readonly IssuedCard[];
	/** A card of the school with this id, before a camera. */
	draw(cardId: Id): Promise<PrintedCard['photo']>;
}

const made = new Map<number, Promise<CardSchool>>();

/** The same school each time for so many pupils, so that it is put in a store once. */
export function cardSchool(pupils: number): Promise<CardSchool> {
	const known = made.get(pupils) ?? makeCardSchool(pupils);
	made.set(pupils, known);
	return known;
}

async function makeCardSchool(pupils: number): Promise<CardSchool> {
	const [id, groupId, keyId, printRunId] = [newId(), newId(), newId(), newId()];
	const { schoolName: name } = family;
	const { publicKey, privateKey } = await newSigningKeyPair();
	const signingKey = await importSigningKey(privateKey);
	const codeOf = async (cardId: Id) => {
		const payload = encodeCardPayload({ schoolId: id, cardId, keyNumber: 1 });
		return formatCardCode(payload, await sign(signingKey, payload));
	};
	const staff = Object.values(handers).map(makeStaff);
	const [first] = staff;
	const madeAt = new Date().toISOString();
	const run = { id: printRunId, madeAt, actorId: first?.record.id ?? '', cardCount: pupils };
	const children = await Promise.all(
		surnames.slice(0, pupils).map(async (surname, at) => {
			const cardId = newId();
			return makePupil({ surname, at, groupId, run, cardId, text: await codeOf(cardId) });
		})
	);
	const records: AnyRecord[] = [
		{ ...schoolRecord, id, name },
		{ kind: 'group', id: groupId, name: className },
		{ kind: 'cardKey', id: keyId, number: 1, publicKey, retiredAt: null },
		{ kind: 'cardKeyPrivate', id: keyId, privateKey },
		{ ...run, kind: 'printRun', title: className, savedAt: madeAt },
		...staff.map(({ record }) => record),
		...children.flatMap((child) => child.records)
	];
	const passwords = [...staff, ...children].map(({ password }) => password);
	return {
		school: { id, name, number: '123456', records, passwords },
		cards: children.map(({ card }) => card),
		draw: async (cardId) => drawCard(await codeOf(cardId))
	};
}

function makeStaff({ userName, displayName, password }: (typeof handers)['an' | 'bea']) {
	const [account, secretId] = [newId(), newId()];
	return {
		record: { ...firstAccount, id: account, userName, displayName, secretId },
		password: { id: secretId, account, secret: { kind: 'temporary', text: password } as const }
	};
}

interface MakingPupil {
	readonly surname: string;
	readonly at: number;
	readonly groupId: Id;
	readonly run: { readonly id: Id; readonly madeAt: string };
	readonly cardId: Id;
	readonly text: string;
}

/** A pupil with a basic LeerID, and the card that it was printed on. */
function makePupil({ surname, at, groupId, run, cardId, text }: MakingPupil) {
	const [pupilId, leerIdId, secretId] = [newId(), newId(), newId()];
	const userName = `noor.${surname.toLowerCase()}`;
	const password = `zal${659 + at}`;
	const thisYear = new Date().getFullYear();
	const stay = { from: `${thisYear - 1}-01-01`, to: `${thisYear + 1}-12-31` };
	const pupil = { givenName: 'Noor', familyName: surname, groupId, pupilNumber: `${1000 + at}` };
	const records: AnyRecord[] = [
		pupilRecord(pupilId, pupil),
		enrolmentRecord(pupilId, { id: newId(), ...stay }),
		{
			...{ kind: 'leerId', id: leerIdId, pupilId, type: 'basic', userName, secretId },
			...{ passwordKind: 'word', email: null, mustChange: false, lastSignInAt: null },
			createdAt: run.madeAt
		},
		{
			...{ kind: 'credentialCard', id: cardId, pupilId, leerIdId, issue: 1, secretId },
			...{ printRunId: run.id, state: 'current', madeAt: run.madeAt, endedAt: null }
		}
	];
	const card: IssuedCard = {
		...{ userName, password, text, cardId, leerIdId, secretId },
		photo: drawCard(text)
	};
	const secret = { kind: 'word', text: password } as const;
	return { records, card, password: { id: secretId, account: leerIdId, secret } };
}
