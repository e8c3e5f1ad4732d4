import { rights, roles } from '../kernel/actor.ts';
import {
	choice,
	list,
	maybe,
	moment,
	named,
	ref,
	secret,
	since,
	stamp,
	text,
	truth
} from '../kernel/field.ts';
import { kind, type Declared } from '../kernel/kind.ts';

export const accounts = {
	/**
	 * The sign-in of a member of staff or of a guardian; a pupil's is their LeerID. In a school without
	 * a server the password exists only as a wrap in the vault.
	 */
	account: kind({
		fields: {
			userName: text(),
			/** Of a guardian as it was when the account was made: their record has the name of today. */
			displayName: text(),
			role: choice([...roles, 'guardian']),
			rights: list(choice(rights)),
			/** The guardian that it belongs to; null: it is of staff. */
			guardianId: since(3, maybe(ref('guardian')), null),
			/** The groups whose pupils a teacher sees. */
			groupIds: since(3, list(ref('group')), []),
			/** Signs in as the user name does, and gets the mail of a forgotten password. null: none known. */
			email: since(3, maybe(text({ shown: 'email' })), null),
			/** Names the secret that holds the password; null: the server was never given one. */
			secretId: since(3, maybe(secret()), null),
			/** When the school issued that password; null: it is their own. */
			issuedAt: since(3, maybe(stamp()), null),
			archivedAt: maybe(moment())
		},
		since: 3,
		keep: 'core',
		scopes: ['account/{id}', 'school/administration'],
		seenBy: ['administration'],
		historyScopes: ['school/administration'],
		history: 'shown',
		subject: 'id',
		partOf: [],
		idSpace: 'signIn',
		indexes: {
			accountByUserName: { by: 'userName', unique: { space: 'userName' } },
			accountByEmail: { by: 'email', folded: true },
			accountByGuardian: { by: 'guardianId', unique: true }
		},
		madeAgainAt: null,
		withdrawal: null,
		imported: false,
		retention: 'person',
		exported: true,
		removal: 'erase'
	}),

	/** Nobody signs in to an account while this stands; id of the account or LeerID, which it may outlive. */
	signInBlock: kind({
		fields: { since: stamp(), cause: choice(['wrongPasswords', 'administration']) },
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
		madeAgainAt: 'since',
		withdrawal: null,
		imported: false,
		retention: 'person',
		exported: true,
		removal: 'erase'
	}),

	/** Somebody said *Dit ben ik niet* of a mail about a forgotten password (product.md 8). */
	signInReport: kind({
		fields: {
			/** Of the account or LeerID, which it may outlive. */
			accountId: named('account'),
			madeAt: stamp()
		},
		since: 3,
		keep: 'core',
		scopes: ['school/administration'],
		seenBy: ['administration'],
		historyScopes: ['school/administration'],
		history: 'shown',
		subject: 'accountId',
		partOf: [],
		idSpace: null,
		indexes: {},
		madeAgainAt: null,
		withdrawal: null,
		imported: false,
		retention: 'person',
		exported: true,
		removal: 'erase'
	}),

	/** Whether guardians may see a pupil who has come of age (product.md 7); id of the pupil. */
	guardianAccess: kind({
		fields: {
			allowed: truth(),
			/** How the administration knows of the pupil's consent; null: the pupil chose it here. */
			consent: maybe(text()),
			decidedAt: stamp()
		},
		since: 3,
		keep: 'core',
		scopes: ['pupil/{id}/identity', 'school/identity'],
		seenBy: ['administration', 'teacher', 'guardian', 'pupil'],
		historyScopes: ['pupil/{subject}/identity', 'school/identity'],
		history: 'shown',
		subject: 'id',
		partOf: ['pupil'],
		idSpace: null,
		indexes: {},
		madeAgainAt: null,
		withdrawal: null,
		imported: false,
		retention: 'person',
		exported: true,
		removal: 'erase'
	})
} as const;

export type Account = Declared<'account', typeof accounts.account>;
export type SignInBlock = Declared<'signInBlock', typeof accounts.signInBlock>;
export type SignInReport = Declared<'signInReport', typeof accounts.signInReport>;
export type GuardianAccess = Declared<'guardianAccess', typeof accounts.guardianAccess>;
