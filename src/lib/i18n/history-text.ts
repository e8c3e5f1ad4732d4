import type { DescribedChange, DescribedField, HistoryItem } from '#lib/domain/history/describe.ts';
import type { MutationName } from '#lib/domain/registry/mutations.ts';
import type { AnyRecord } from '#lib/domain/registry/records.ts';
import type { Json } from '#lib/domain/kernel/ids.ts';
import { formatDate, formatMoment } from './format.ts';
import { m } from './paraglide/messages.js';

const mutationTexts: Record<Exclude<MutationName, 'change.undo@1'>, () => string> = {
	'school.create@1': m.history_school_create,
	'school.changeSettings@1': m.history_school_settings,
	'account.create@1': m.history_account_create,
	'account.edit@1': m.history_account_edit,
	'account.archive@1': m.history_account_archive,
	'account.reopen@1': m.history_account_reopen,
	'account.renew@1': m.history_account_renew,
	'account.choosePassword@1': m.history_account_choose,
	'account.changeEmail@1': m.history_account_email,
	'signIn.block@1': m.history_sign_in_block,
	'signIn.unblock@1': m.history_sign_in_unblock,
	'signIn.report@1': m.history_sign_in_report,
	'signIn.settleReport@1': m.history_sign_in_settle,
	'guardianAccess.choose@1': m.history_guardian_access_choose,
	'guardianAccess.record@1': m.history_guardian_access_record,
	'leerId.create@1': m.history_leerid_create,
	'leerId.renew@1': m.history_leerid_renew,
	'leerId.adjust@1': m.history_leerid_adjust,
	'leerId.choosePassword@1': m.history_leerid_choose,
	'leerId.linkEmail@1': m.history_leerid_email,
	'leerId.signedIn@1': m.history_leerid_signed_in,
	'card.revoke@1': m.history_card_revoke,
	'card.handOut@1': m.history_card_hand_out,
	'card.takeBack@1': m.history_card_take_back,
	'handOut.close@1': m.history_hand_out_close,
	'cardKey.rotate@1': m.history_card_key_rotate,
	'print.start@1': m.history_print_start,
	'print.saved@1': m.history_print_saved,
	'import.start@1': m.history_import,
	'import.write@1': m.history_import,
	'import.write@2': m.history_import
};

/** What was done: *Wachtwoord vernieuwd*, *Ongedaan gemaakt: Import*, *Teruggezet: Import*. */
export function historyText({
	mutation,
	undoes,
	again
}: Pick<HistoryItem, 'mutation' | 'undoes' | 'again'>): string {
	const known: Partial<Record<string, () => string>> = mutationTexts;
	const what = known[undoes ?? mutation]?.();
	// Of an undo whose history is not here, nobody can tell what it took back.
	if (what === undefined) return m.audit_undone();
	if (undoes === null) return what;
	return again ? m.history_again({ what }) : m.history_undo_of({ what });
}

type FieldOf<R> = R extends AnyRecord ? Exclude<keyof R, 'kind' | 'id'> : never;
/** Ids and dates of making, which history never shows (domain/history/shown-fields.ts). */
type UnseenField =
	| 'pupilId'
	| 'guardianId'
	| 'leerIdId'
	| 'printRunId'
	| 'actorId'
	| 'accountId'
	| 'privateKey'
	| 'publicKey'
	| 'createdAt'
	| 'madeAt'
	| 'endedAt'
	| 'closedAt'
	| 'of'
	| 'ofId'
	| 'issuedAt'
	| 'since'
	| 'decidedAt'
	| FieldOf<Extract<AnyRecord, { kind: 'history' | 'importBase' }>>;
export type ShownField = Exclude<FieldOf<AnyRecord>, UnseenField>;

const fieldTexts: Record<ShownField, () => string> = {
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
	applicationManagerAddress: m.history_field_applicationManagerAddress,
	pupilNumber: m.history_field_pupilNumber,
	givenName: m.history_field_givenName,
	namePrefix: m.history_field_namePrefix,
	familyName: m.history_field_familyName,
	groupId: m.history_field_groupId,
	groupIds: m.history_field_groupIds,
	birthDate: m.history_field_birthDate,
	sex: m.history_field_sex,
	scheme: m.history_field_scheme,
	value: m.history_field_value,
	street: m.history_field_street,
	houseNumber: m.history_field_houseNumber,
	postcode: m.history_field_postcode,
	city: m.history_field_city,
	phone: m.history_field_phone,
	email: m.history_field_email,
	from: m.history_field_from,
	to: m.history_field_to,
	endReason: m.history_field_endReason,
	initials: m.history_field_initials,
	relation: m.history_field_relation,
	authority: m.history_field_authority,
	receivesMail: m.history_field_receivesMail,
	addressVisible: m.history_field_addressVisible,
	staffNumber: m.history_field_staffNumber,
	job: m.history_field_job,
	userName: m.history_field_userName,
	displayName: m.history_field_displayName,
	role: m.history_field_role,
	rights: m.history_field_rights,
	archivedAt: m.history_field_archivedAt,
	cause: m.history_field_cause,
	allowed: m.history_field_allowed,
	consent: m.history_field_consent,
	type: m.history_field_type,
	passwordKind: m.history_field_passwordKind,
	secretId: m.history_field_secretId,
	mustChange: m.history_field_mustChange,
	lastSignInAt: m.history_field_lastSignInAt,
	issue: m.history_field_issue,
	state: m.history_field_state,
	title: m.history_field_title,
	cardCount: m.history_field_cardCount,
	savedAt: m.history_field_savedAt,
	receivedAt: m.history_field_receivedAt,
	ticked: m.history_field_ticked,
	received: m.history_field_received,
	missing: m.history_field_missing,
	retiredAt: m.history_field_retiredAt,
	fileName: m.history_field_fileName,
	format: m.history_field_format,
	whole: m.history_field_whole,
	added: m.history_field_added,
	changed: m.history_field_changed,
	left: m.history_field_left,
	skipped: m.history_field_skipped,
	undoneAt: m.history_field_undoneAt
};

/** What a field is called: *Gebruikersnaam*. */
function fieldText(field: string): string {
	return fieldTexts[field as ShownField]();
}

/** Codes that records hold, in words. */
const valueTexts: Readonly<Record<string, Readonly<Record<string, () => string>>>> = {
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

/** A value as a person reads it; null: there was none. */
function valueText(field: string, value: Json): string | null {
	if (value === null || value === '') return null;
	if (typeof value === 'boolean') return value ? m.history_yes() : m.history_no();
	if (Array.isArray(value)) {
		return value.map((each: Json) => valueText(field, each)).join(', ') || null;
	}
	const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
	const known = valueTexts[field]?.[text];
	if (known) return known();
	if (/^\d{4}-\d\d-\d\dT/.test(text)) return formatMoment(text);
	return /^\d{4}-\d\d-\d\d$/.test(text) ? formatDate(text) : text;
}

/** A field's change in words; `note` is all there is to say. */
export interface ChangeText {
	readonly label: string;
	readonly from: string | null;
	readonly to: string | null;
	readonly note?: string;
}

/** What was done to records, field by field, in words: of what was added, what it holds. */
export function changeTexts(changes: readonly DescribedChange[]): readonly ChangeText[] {
	const texts = changes.flatMap(({ op, fields }) =>
		fields.map((field) => changeText(field, op === 'add'))
	);
	const said = new Map(
		texts
			.filter(({ from, to, note }) => from !== null || to !== null || note !== undefined)
			.map((text) => [JSON.stringify(text), text])
	);
	return [...said.values()];
}

function changeText({ field, from, to, hidden }: DescribedField, added: boolean): ChangeText {
	const label = fieldText(field);
	const nothing = { label, from: null, to: null };
	if (hidden) {
		return { ...nothing, note: added ? m.history_hidden_added() : m.history_hidden() };
	}
	const text = valueText(field, to);
	if (added) return text === null ? nothing : { ...nothing, note: text };
	return { label, from: valueText(field, from), to: text };
}
