import type { Kind, Records } from '../records.ts';

/**
 * How history shows a field: `value` as it is; `changed` without its values; `email` masked; `group`
 * and `groups` by name; `never`: an id, or what another field says already.
 */
export type FieldView = 'value' | 'changed' | 'email' | 'group' | 'groups' | 'never';

type FieldsOf<K extends Kind> = Exclude<keyof Records[K], 'kind' | 'id'>;

/** null: such records are not described at all. */
type ShownFields = {
	readonly [K in Kind]: Readonly<Record<FieldsOf<K>, FieldView>> | null;
};

const address = {
	street: 'value',
	houseNumber: 'value',
	postcode: 'value',
	city: 'value',
	phone: 'value',
	email: 'value'
} as const;
const name = { givenName: 'value', namePrefix: 'value', familyName: 'value' } as const;

/** Every field of every kind has its rule, so that a new one is not shown by accident. */
export const shownFields: ShownFields = {
	school: {
		name: 'value',
		number: 'value',
		country: 'value',
		loginBase: 'value',
		imagePasswordLength: 'value',
		imagePasswordChoices: 'value',
		lockAfterMinutes: 'value',
		schoolYearEnd: 'value',
		failuresBeforeBlock: 'value',
		offlineHours: 'value',
		resetMinutes: 'value',
		applicationManagerName: 'value',
		applicationManagerAddress: 'value'
	},
	group: { name: 'value' },
	pupil: { pupilNumber: 'value', ...name, groupId: 'group' },
	pupilIdentity: { birthDate: 'value', sex: 'value' },
	pupilOfficial: { givenName: 'value', familyName: 'value', sex: 'value', birthDate: 'value' },
	// In no list, print or log (facts, *Personal numbers*).
	nationalNumber: { scheme: 'value', value: 'changed' },
	pupilContact: address,
	enrolment: { pupilId: 'never', from: 'value', to: 'value', endReason: 'value' },
	guardian: { ...name, initials: 'value' },
	guardianContact: address,
	guardianship: {
		guardianId: 'never',
		pupilId: 'never',
		relation: 'value',
		authority: 'value',
		receivesMail: 'value',
		addressVisible: 'value'
	},
	staff: { staffNumber: 'value', ...name, email: 'value', job: 'value', groupIds: 'groups' },
	account: {
		userName: 'value',
		displayName: 'value',
		role: 'value',
		rights: 'value',
		guardianId: 'never',
		groupIds: 'groups',
		email: 'email',
		secretId: 'changed',
		issuedAt: 'never',
		archivedAt: 'value'
	},
	signInBlock: { since: 'never', cause: 'value' },
	signInReport: { accountId: 'never', madeAt: 'never' },
	guardianAccess: { allowed: 'value', consent: 'value', decidedAt: 'never' },
	leerId: {
		pupilId: 'never',
		type: 'value',
		userName: 'value',
		passwordKind: 'value',
		secretId: 'changed',
		email: 'email',
		mustChange: 'value',
		createdAt: 'never',
		lastSignInAt: 'value'
	},
	credentialCard: {
		pupilId: 'never',
		leerIdId: 'never',
		issue: 'value',
		secretId: 'never',
		printRunId: 'never',
		state: 'value',
		madeAt: 'never',
		endedAt: 'never'
	},
	cardReceipt: {
		pupilId: 'never',
		issue: 'value',
		receivedAt: 'value',
		actorId: 'never',
		ticked: 'value'
	},
	handOut: {
		of: 'never',
		ofId: 'never',
		title: 'value',
		closedAt: 'never',
		actorId: 'never',
		received: 'value',
		missing: 'value'
	},
	printRun: {
		madeAt: 'never',
		actorId: 'never',
		title: 'value',
		cardCount: 'value',
		savedAt: 'value'
	},
	cardKey: { number: 'value', publicKey: 'never', retiredAt: 'value' },
	cardKeyPrivate: null,
	importRun: {
		madeAt: 'never',
		actorId: 'never',
		fileName: 'value',
		format: 'value',
		whole: 'value',
		added: 'value',
		changed: 'value',
		left: 'value',
		skipped: 'value',
		undoneAt: 'value'
	},
	importBase: null,
	history: null
};
