import { choice, count, id, maybe, moment, named, stamp, text } from '../kernel/field.ts';
import { kind, type Declared } from '../kernel/kind.ts';

export const cards = {
	/** That a pupil received a card; id of the card. Taken back, the record goes. */
	cardReceipt: kind({
		fields: {
			pupilId: named('pupil'),
			/** Of the card. */
			issue: count(),
			receivedAt: moment(),
			/** The account that handed it over. */
			actorId: named('account'),
			/** Scanned, or ticked by hand. */
			ticked: choice(['scan', 'hand'])
		},
		since: 3,
		keep: 'core',
		scopes: ['pupil/{pupilId}/credential', 'school/credential'],
		seenBy: ['administration', 'pupil'],
		historyScopes: ['pupil/{subject}/credential', 'school/credential'],
		history: 'shown',
		subject: 'pupilId',
		partOf: ['credentialCard'],
		idSpace: null,
		indexes: {},
		madeAgainAt: 'receivedAt',
		withdrawal: null,
		imported: false,
		retention: 'person',
		exported: true,
		removal: 'erase'
	}),

	/** An *Uitreiking* that was closed: how far it had come by then. */
	handOut: kind({
		fields: {
			of: choice(['group', 'printRun'], { shown: 'never' }),
			/** Of the group or print run. */
			ofId: id(),
			/** The name that the group or print run had. */
			title: text(),
			closedAt: stamp(),
			actorId: named('account'),
			received: count(),
			missing: count()
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
	}),

	/** Ed25519 key that signs cards: the public half, raw, base64url. */
	cardKey: kind({
		fields: { number: count(), publicKey: text({ shown: 'never' }), retiredAt: maybe(moment()) },
		since: 3,
		keep: 'core',
		scopes: ['school'],
		seenBy: [],
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
	}),

	/** The private half, PKCS #8, base64url; id of its `cardKey`. Only for the right `cards`. */
	cardKeyPrivate: kind({
		fields: { privateKey: text({ shown: 'never' }) },
		since: 3,
		keep: 'core',
		scopes: ['school/cards'],
		seenBy: ['cards'],
		historyScopes: ['school/cards'],
		// It must never outlive its record.
		history: 'none',
		subject: 'id',
		partOf: ['cardKey'],
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

export type CardReceipt = Declared<'cardReceipt', typeof cards.cardReceipt>;
export type HandOut = Declared<'handOut', typeof cards.handOut>;
export type CardKey = Declared<'cardKey', typeof cards.cardKey>;
export type CardKeyPrivate = Declared<'cardKeyPrivate', typeof cards.cardKeyPrivate>;
