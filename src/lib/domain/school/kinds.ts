import { choice, number, since, text } from '../kernel/field.ts';
import { kind, type Declared } from '../kernel/kind.ts';
import { countries } from '../kernel/numbers/school-number.ts';

export const schools = {
	/** The school and its settings. There is one; its id goes into the QR of every card. */
	school: kind({
		fields: {
			name: text(),
			/** BRIN (NL) or instellingsnummer (VL). */
			number: text(),
			country: choice(countries),
			/** Printed on cards before the user name: `https://mijn.leerid.be/`. */
			loginBase: text(),
			/** How many pictures an image password has, out of how many that a pupil chooses from. */
			imagePasswordLength: number(),
			imagePasswordChoices: number(),
			/** Minutes without use after which the app locks itself. */
			lockAfterMinutes: number(),
			/** Month and day on which an enrolment without an end date ends: `08-31` (VL), `07-31` (NL). */
			schoolYearEnd: text(),
			/** Wrong passwords in a row after which an account is blocked. */
			failuresBeforeBlock: since(3, number(), 10),
			/** For how long staff can work on a device without the server having seen them. */
			offlineHours: since(3, number(), 72),
			/** For how long the link of *Wachtwoord wijzigen* works. */
			resetMinutes: since(3, number(), 60),
			/**
			 * The one to ask where no mail comes (product.md 9): a name, and an e-mail address or a room.
			 */
			applicationManagerName: since(3, text(), ''),
			applicationManagerAddress: since(3, text(), '')
		},
		since: 3,
		keep: 'core',
		scopes: ['school'],
		seenBy: [],
		historyScopes: ['school/staff'],
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

export type School = Declared<'school', typeof schools.school>;
