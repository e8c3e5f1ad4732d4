import { laterSettings } from '../school/settings.ts';
import type { AnyRecord, Records } from '../registry/records.ts';
import type { Id } from '../kernel/ids.ts';
import { allKinds, type Kind } from '../registry/kinds.ts';
import type { StateReader } from '../registry/state.ts';

/**
 * A small school with records of every kind that fit together: two pupils, their father, a teacher
 * and the manager of the school. Leaving a kind out does not compile, so that all that is tried
 * with these, or over `allKinds`, is tried with every kind there is.
 *
 * The ids follow a rule: `account-GUARDIAN`, `link-GUARDIAN-PUPIL`, `enrolment-PUPIL`,
 * `leerId-PUPIL`.
 */
type Samples = { readonly [K in Kind]: readonly [Records[K], ...Records[K][]] };

const noor: Id = 'noor';
/** Comes of age in the course of the school year. */
const daan: Id = 'daan';
const jan: Id = 'jan';

const madeAt = '2026-09-02T08:00:00.000Z';
const home = {
	street: 'Kerkstraat',
	houseNumber: '12 bus 3',
	postcode: '2000',
	city: 'Antwerpen',
	phone: '03 555 01 23',
	email: ''
};
const staffName = { givenName: 'Tess', namePrefix: '', familyName: 'Wouters' };
const ownAccount = {
	kind: 'account',
	rights: [],
	guardianId: null,
	groupIds: [],
	email: null,
	secretId: null,
	issuedAt: null,
	archivedAt: null
} as const;
const parent = { relation: 'vader', authority: true, receivesMail: true, addressVisible: true };
const printed = { printRunId: 'print-0', issue: 1, state: 'current', endedAt: null } as const;

/** In the order in which the kinds are declared; each names only records that are here. */
export const sampleRecords: Samples = {
	school: [
		{
			...laterSettings,
			kind: 'school',
			id: 'school-1',
			name: 'Basisschool De Sleutel',
			number: '12345',
			country: 'BE',
			loginBase: 'https://mijn.leerid.be/',
			imagePasswordLength: 5,
			imagePasswordChoices: 20,
			lockAfterMinutes: 15,
			schoolYearEnd: '08-31'
		}
	],
	group: [{ kind: 'group', id: 'group-1', name: '6de leerjaar' }],
	pupil: [
		{
			kind: 'pupil',
			id: noor,
			pupilNumber: 'number-noor',
			givenName: 'Noor',
			namePrefix: 'van der',
			familyName: 'Berg',
			groupId: 'group-1'
		},
		{
			kind: 'pupil',
			id: daan,
			pupilNumber: 'number-daan',
			givenName: 'Daan',
			namePrefix: 'van der',
			familyName: 'Berg',
			groupId: 'group-1'
		}
	],
	pupilIdentity: [
		{ kind: 'pupilIdentity', id: noor, birthDate: '2015-05-19', sex: 'V' },
		{ kind: 'pupilIdentity', id: daan, birthDate: '2008-12-24', sex: 'M' }
	],
	pupilOfficial: [
		{
			kind: 'pupilOfficial',
			id: noor,
			givenName: 'Noor Maria',
			familyName: 'van der Berg',
			sex: 'V',
			birthDate: '2015-05-19'
		}
	],
	nationalNumber: [{ kind: 'nationalNumber', id: noor, scheme: 'bsn', value: '269326728' }],
	pupilContact: [
		{ kind: 'pupilContact', id: noor, ...home },
		{ kind: 'pupilContact', id: daan, ...home }
	],
	enrolment: [enrolmentOf(noor), enrolmentOf(daan)],
	guardian: [
		{
			kind: 'guardian',
			id: jan,
			givenName: 'Jan',
			initials: 'J.',
			namePrefix: 'van der',
			familyName: 'Berg'
		}
	],
	guardianContact: [{ kind: 'guardianContact', id: jan, ...home, email: 'jan@ouders.example' }],
	guardianship: [
		{ kind: 'guardianship', id: 'link-jan-noor', guardianId: jan, pupilId: noor, ...parent },
		{ kind: 'guardianship', id: 'link-jan-daan', guardianId: jan, pupilId: daan, ...parent }
	],
	staff: [
		{
			kind: 'staff',
			id: 'staff-2',
			staffNumber: '1001',
			...staffName,
			email: 'tess@school.example',
			job: 'leerkracht',
			groupIds: ['group-1']
		}
	],
	account: [
		{
			...ownAccount,
			id: 'account-1',
			userName: 'an.peeters',
			displayName: 'An Peeters',
			role: 'administration',
			rights: ['accounts', 'cards', 'import', 'leerId', 'settings']
		},
		{
			...ownAccount,
			id: 'account-2',
			userName: 'tess.wouters',
			displayName: 'Tess Wouters',
			role: 'teacher',
			groupIds: ['group-1'],
			email: 'tess@school.example',
			secretId: 'secret-tess-1'
		},
		{
			...ownAccount,
			id: 'account-jan',
			userName: 'jvanderberg',
			displayName: 'Jan van der Berg',
			role: 'guardian',
			guardianId: jan,
			secretId: 'secret-jan-1',
			issuedAt: madeAt
		}
	],
	signInBlock: [{ kind: 'signInBlock', id: 'leerId-noor', since: madeAt, cause: 'wrongPasswords' }],
	signInReport: [{ kind: 'signInReport', id: 'report-1', accountId: 'account-jan', madeAt }],
	guardianAccess: [
		{
			kind: 'guardianAccess',
			id: daan,
			allowed: true,
			consent: 'brief van 1 september',
			decidedAt: madeAt
		}
	],
	leerId: [
		{
			kind: 'leerId',
			id: 'leerId-noor',
			pupilId: noor,
			type: 'basic',
			userName: 'noor.vanderberg',
			passwordKind: 'word',
			secretId: 'secret-noor-1',
			email: null,
			mustChange: false,
			createdAt: madeAt,
			lastSignInAt: null
		},
		{
			kind: 'leerId',
			id: 'leerId-daan',
			pupilId: daan,
			type: 'advanced',
			userName: 'daan.vanderberg',
			passwordKind: 'own',
			secretId: 'secret-daan-own',
			email: 'daan@leerlingen.example',
			mustChange: false,
			createdAt: madeAt,
			lastSignInAt: '2026-09-03T08:00:00.000Z'
		}
	],
	credentialCard: [cardOf(noor), cardOf(daan)],
	cardReceipt: [
		{
			kind: 'cardReceipt',
			id: 'card-noor-1',
			pupilId: noor,
			issue: 1,
			receivedAt: madeAt,
			actorId: 'account-1',
			ticked: 'scan'
		}
	],
	handOut: [
		{
			kind: 'handOut',
			id: 'handOut-1',
			of: 'group',
			ofId: 'group-1',
			title: '6de leerjaar',
			closedAt: madeAt,
			actorId: 'account-1',
			received: 1,
			missing: 1
		}
	],
	printRun: [
		{
			kind: 'printRun',
			id: 'print-0',
			madeAt,
			actorId: 'account-1',
			title: '6de leerjaar',
			cardCount: 2,
			savedAt: madeAt
		}
	],
	cardKey: [{ kind: 'cardKey', id: 'key-1', number: 1, publicKey: 'public', retiredAt: null }],
	cardKeyPrivate: [{ kind: 'cardKeyPrivate', id: 'key-1', privateKey: 'private' }],
	importRun: [
		{
			kind: 'importRun',
			id: 'import-0',
			madeAt,
			actorId: 'account-1',
			fileName: 'leerlingen.xlsx',
			format: 'Excel',
			whole: true,
			added: 2,
			changed: 0,
			left: 0,
			skipped: 0,
			undoneAt: null
		}
	],
	importBase: [
		{
			kind: 'importBase',
			id: noor,
			subject: 'pupil',
			sourceKey: 'number-noor',
			values: { givenName: 'Noor', familyName: 'Berg' }
		}
	],
	history: [
		{
			kind: 'history',
			id: 'uid-sample-0',
			uid: 'uid-sample',
			batch: null,
			mutation: 'leerId.create@1',
			actorId: 'account-1',
			madeAt,
			undoes: null,
			subjectId: noor,
			changes: [
				{ op: 'add', kind: 'leerId', id: 'leerId-noor' },
				{ op: 'add', kind: 'credentialCard', id: 'card-noor-1' }
			]
		}
	]
};

function enrolmentOf(pupilId: Id): Records['enrolment'] {
	const days = { from: '2026-09-01', to: '2027-08-31', endReason: 'schoolYear' } as const;
	return { kind: 'enrolment', id: `enrolment-${pupilId}`, pupilId, ...days };
}

function cardOf(pupilId: Id): Records['credentialCard'] {
	const ids = { id: `card-${pupilId}-1`, leerIdId: `leerId-${pupilId}` };
	const secretId = `secret-${pupilId}-1`;
	return { kind: 'credentialCard', ...ids, pupilId, secretId, madeAt, ...printed };
}

/** Every record of the small school. */
export const allSamples: readonly AnyRecord[] = Object.values(sampleRecords).flat();

/** Every record that a state holds, kind by kind. */
export function everyRecord(
	state: Pick<StateReader, 'all'>,
	kinds: readonly Kind[] = allKinds
): AnyRecord[] {
	return kinds.flatMap((kind): AnyRecord[] => [...state.all(kind)]);
}
