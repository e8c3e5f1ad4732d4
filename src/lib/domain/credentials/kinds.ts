import {
	choice,
	count,
	maybe,
	moment,
	named,
	ref,
	secret,
	stamp,
	text,
	truth
} from '../kernel/field.ts';
import { kind, type Declared } from '../kernel/kind.ts';

/** The kinds that a school can issue; `own` is the pupil's. */
export const issuedKinds = ['word', 'image', 'temporary'] as const;
export type IssuedKind = (typeof issuedKinds)[number];

export const credentials = {
	/** A pupil's credential. Whether it is active follows from the enrolment, and is stored nowhere. */
	leerId: kind({
		fields: {
			pupilId: ref('pupil'),
			type: choice(['basic', 'advanced']),
			userName: text(),
			/** `own`: chosen by the pupil, known to nobody else. */
			passwordKind: choice([...issuedKinds, 'own']),
			/**
			 * Names the secret that holds the password; a new password is a new id. null: its card was
			 * revoked, and no password works until a new one is issued.
			 */
			secretId: maybe(secret()),
			/** Linked by the pupil; null: the school manages the password. */
			email: maybe(text({ shown: 'email' })),
			/** *Moet nieuw wachtwoord kiezen bij eerste aanmelding*. */
			mustChange: truth(),
			createdAt: stamp(),
			lastSignInAt: maybe(moment())
		},
		since: 3,
		keep: 'core',
		scopes: ['pupil/{pupilId}/credential', 'school/credential'],
		seenBy: ['administration', 'pupil'],
		historyScopes: ['pupil/{subject}/credential', 'school/credential'],
		history: 'shown',
		subject: 'pupilId',
		partOf: [],
		idSpace: 'signIn',
		indexes: {
			leerIdByPupil: { by: 'pupilId', unique: true },
			leerIdByUserName: { by: 'userName', unique: { space: 'userName' } },
			leerIdByEmail: { by: 'email', folded: true }
		},
		madeAgainAt: null,
		withdrawal: null,
		imported: false,
		retention: 'person',
		exported: true,
		removal: 'erase'
	}),

	/** A printed card. The newest issue of a LeerID is `current`; what became of the others is kept. */
	credentialCard: kind({
		fields: {
			// A revoked card only says what became of a piece of paper, and may outlive its account.
			pupilId: ref('pupil', { unless: ['state', 'revoked'] }),
			leerIdId: ref('leerId', { unless: ['state', 'revoked'], via: 'pupilId' }),
			issue: count(),
			secretId: secret({ shown: 'never' }),
			printRunId: ref('printRun'),
			state: choice(['current', 'replaced', 'revoked']),
			madeAt: stamp(),
			endedAt: maybe(stamp())
		},
		since: 3,
		keep: 'core',
		scopes: ['pupil/{pupilId}/credential', 'school/credential'],
		seenBy: ['administration', 'pupil'],
		historyScopes: ['pupil/{subject}/credential', 'school/credential'],
		history: 'shown',
		subject: 'pupilId',
		partOf: [],
		idSpace: null,
		indexes: {
			// Of a LeerID one card holds at a time.
			cardByPupil: { by: 'pupilId', unique: { while: ['state', 'current'], within: 'leerIdId' } },
			cardByPrintRun: { by: 'printRunId' }
		},
		madeAgainAt: null,
		// It may be on paper already, and a scan of it must say *Ingetrokken*.
		withdrawal: { while: ['state', 'current'], becomes: 'revoked', dated: 'endedAt' },
		imported: false,
		retention: 'person',
		exported: true,
		removal: 'erase'
	}),

	/** One *Bewaren en afdrukken*. */
	printRun: kind({
		fields: {
			madeAt: stamp(),
			actorId: named('account'),
			/** The name of the selection: a group's name, a pupil's name, `12 leerlingen`. */
			title: text(),
			cardCount: count(),
			/** When the zip had been handed to the browser; null: perhaps nobody has seen these passwords. */
			savedAt: maybe(moment())
		},
		since: 3,
		keep: 'core',
		scopes: ['school/administration'],
		seenBy: ['administration'],
		historyScopes: ['school/administration'],
		history: 'shown',
		subject: 'id',
		partOf: [],
		idSpace: null,
		indexes: {},
		madeAgainAt: null,
		withdrawal: null,
		imported: false,
		retention: 'school',
		exported: false,
		removal: 'keep'
	})
} as const;

export type LeerId = Declared<'leerId', typeof credentials.leerId>;
export type LeerIdType = LeerId['type'];
export type PasswordKind = LeerId['passwordKind'];
export type CredentialCard = Declared<'credentialCard', typeof credentials.credentialCard>;
export type PrintRun = Declared<'printRun', typeof credentials.printRun>;
