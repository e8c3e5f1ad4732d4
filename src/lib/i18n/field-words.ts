import type { Json } from '#lib/domain/kernel/ids.ts';
import { isKind, type Kind } from '#lib/domain/registry/kinds.ts';
import type { Records } from '#lib/domain/registry/records.ts';
import { formatDate, formatMoment, formatMonthDay } from './format.ts';
import { m } from './paraglide/messages.js';

type FieldOf<K extends Kind> = Exclude<keyof Records[K], 'kind' | 'id'>;

/**
 * The name of each field of each kind: `from` of an enrolment and of something else are different
 * words. null: history never shows it (`shown` in the kind's declaration).
 */
const fieldWords: {
	readonly [K in Kind]: { readonly [F in FieldOf<K>]: (() => string) | null };
} = {
	school: {
		name: m.history_field_name,
		number: m.history_field_number,
		country: m.history_field_country,
		loginBase: m.history_field_loginBase,
		imagePasswordLength: m.history_field_imagePasswordLength,
		imagePasswordChoices: m.history_field_imagePasswordChoices,
		lockAfterMinutes: m.history_field_lockAfterMinutes,
		schoolYearEnd: m.history_field_schoolYearEnd,
		failuresBeforeBlock: m.history_field_failuresBeforeBlock,
		offlineHours: m.history_field_offlineHours,
		resetMinutes: m.history_field_resetMinutes,
		applicationManagerName: m.history_field_applicationManagerName,
		applicationManagerAddress: m.history_field_applicationManagerAddress
	},
	group: {
		name: m.history_field_name
	},
	pupil: {
		pupilNumber: m.history_field_pupilNumber,
		givenName: m.history_field_givenName,
		namePrefix: m.history_field_namePrefix,
		familyName: m.history_field_familyName,
		groupId: m.history_field_groupId
	},
	pupilIdentity: {
		birthDate: m.history_field_birthDate,
		sex: m.history_field_sex
	},
	pupilOfficial: {
		givenName: m.history_field_givenName,
		familyName: m.history_field_familyName,
		sex: m.history_field_sex,
		birthDate: m.history_field_birthDate
	},
	nationalNumber: {
		scheme: m.history_field_scheme,
		value: m.history_field_value
	},
	pupilContact: {
		street: m.history_field_street,
		houseNumber: m.history_field_houseNumber,
		postcode: m.history_field_postcode,
		city: m.history_field_city,
		phone: m.history_field_phone,
		email: m.history_field_email
	},
	enrolment: {
		pupilId: null,
		from: m.history_field_from,
		to: m.history_field_to,
		endReason: m.history_field_endReason
	},
	guardian: {
		givenName: m.history_field_givenName,
		initials: m.history_field_initials,
		namePrefix: m.history_field_namePrefix,
		familyName: m.history_field_familyName
	},
	guardianContact: {
		street: m.history_field_street,
		houseNumber: m.history_field_houseNumber,
		postcode: m.history_field_postcode,
		city: m.history_field_city,
		phone: m.history_field_phone,
		email: m.history_field_email
	},
	guardianship: {
		guardianId: null,
		pupilId: null,
		relation: m.history_field_relation,
		authority: m.history_field_authority,
		receivesMail: m.history_field_receivesMail,
		addressVisible: m.history_field_addressVisible
	},
	staff: {
		staffNumber: m.history_field_staffNumber,
		givenName: m.history_field_givenName,
		namePrefix: m.history_field_namePrefix,
		familyName: m.history_field_familyName,
		email: m.history_field_email,
		job: m.history_field_job,
		groupIds: m.history_field_groupIds
	},
	account: {
		userName: m.history_field_userName,
		displayName: m.history_field_displayName,
		role: m.history_field_role,
		rights: m.history_field_rights,
		guardianId: null,
		groupIds: m.history_field_groupIds,
		email: m.history_field_email,
		secretId: m.history_field_secretId,
		issuedAt: null,
		archivedAt: m.history_field_archivedAt
	},
	signInBlock: {
		since: null,
		cause: m.history_field_cause
	},
	signInReport: {
		accountId: null,
		madeAt: null
	},
	guardianAccess: {
		allowed: m.history_field_allowed,
		consent: m.history_field_consent,
		decidedAt: null
	},
	leerId: {
		pupilId: null,
		type: m.history_field_type,
		userName: m.history_field_userName,
		passwordKind: m.history_field_passwordKind,
		secretId: m.history_field_secretId,
		email: m.history_field_email,
		mustChange: m.history_field_mustChange,
		createdAt: null,
		lastSignInAt: m.history_field_lastSignInAt
	},
	credentialCard: {
		pupilId: null,
		leerIdId: null,
		issue: m.history_field_issue,
		secretId: null,
		printRunId: null,
		state: m.history_field_state,
		madeAt: null,
		endedAt: null
	},
	printRun: {
		madeAt: null,
		actorId: null,
		title: m.history_field_title,
		cardCount: m.history_field_cardCount,
		savedAt: m.history_field_savedAt
	},
	cardReceipt: {
		pupilId: null,
		issue: m.history_field_issue,
		receivedAt: m.history_field_receivedAt,
		actorId: null,
		ticked: m.history_field_ticked
	},
	handOut: {
		of: null,
		ofId: null,
		title: m.history_field_title,
		closedAt: null,
		actorId: null,
		received: m.history_field_received,
		missing: m.history_field_missing
	},
	cardKey: {
		number: m.history_field_number,
		publicKey: null,
		retiredAt: m.history_field_retiredAt
	},
	cardKeyPrivate: {
		privateKey: null
	},
	importRun: {
		madeAt: null,
		actorId: null,
		fileName: m.history_field_fileName,
		format: m.history_field_format,
		whole: m.history_field_whole,
		added: m.history_field_added,
		changed: m.history_field_changed,
		left: m.history_field_left,
		skipped: m.history_field_skipped,
		undoneAt: m.history_field_undoneAt
	},
	importBase: {
		subject: null,
		sourceKey: null,
		values: null
	},
	history: {
		uid: null,
		batch: null,
		mutation: null,
		actorId: null,
		madeAt: null,
		undoes: null,
		subjectId: null,
		changes: null
	}
};

/** Returns the name of a field: *Gebruikersnaam*; null: nobody reads of it. */
export function fieldWord(kind: string, field: string): string | null {
	if (!isKind(kind)) return null;
	return said(fieldWords[kind], field);
}

/** A code that a record holds, in words; null: it is none that this app knows. */
function codeWord(field: string, code: string): string | null {
	return Object.hasOwn(codeWords, field) ? said(codeWords[field] ?? {}, code) : null;
}

/** A value as a person reads it; null: there was none. */
export function valueText(field: string, value: Json): string | null {
	if (value === null || value === '') return null;
	if (typeof value === 'boolean') return value ? m.history_yes() : m.history_no();
	if (Array.isArray(value)) {
		return value.map((each: Json) => valueText(field, each)).join(', ') || null;
	}
	const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
	const word = codeWord(field, text);
	if (word !== null) return word;
	if (field === 'schoolYearEnd') return formatMonthDay(text);
	if (/^\d{4}-\d\d-\d\dT/.test(text)) return formatMoment(text);
	return /^\d{4}-\d\d-\d\d$/.test(text) ? formatDate(text) : text;
}

/** A history that moved in may hold any name, and those that every object has by itself. */
function said(words: Readonly<Record<string, (() => string) | null>>, name: string): string | null {
	return Object.hasOwn(words, name) ? (words[name]?.() ?? null) : null;
}

/** Codes that records hold, in words, by the name of their field. */
export const codeWords: Readonly<Record<string, Readonly<Record<string, () => string>>>> = {
	type: { basic: m.history_value_basic, advanced: m.history_value_advanced },
	passwordKind: {
		word: m.history_value_word,
		image: m.history_value_image,
		temporary: m.history_value_temporary,
		own: m.history_value_own
	},
	state: {
		current: m.history_value_current,
		replaced: m.history_value_replaced,
		revoked: m.history_value_revoked
	},
	endReason: {
		file: m.history_value_file,
		schoolYear: m.history_value_schoolYear,
		left: m.history_value_left
	},
	ticked: { scan: m.history_value_scan, hand: m.history_value_hand },
	role: {
		administration: m.account_role_administration,
		teacher: m.account_role_teacher,
		scheduler: m.account_role_scheduler,
		guardian: m.account_role_guardian
	},
	cause: {
		wrongPasswords: m.history_value_wrongPasswords,
		administration: m.history_value_administration
	},
	rights: {
		leerId: m.account_right_leerId,
		cards: m.account_right_cards,
		import: m.account_right_import,
		accounts: m.account_right_accounts,
		settings: m.account_right_settings
	}
};
