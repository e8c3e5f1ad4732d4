import { accountNameOf } from '#lib/domain/accounts/account-rules.ts';
import { fullNameOf } from '#lib/domain/people/names.ts';
import { allKinds, type Kind } from '#lib/domain/registry/kinds.ts';
import type { AnyRecord, Records } from '#lib/domain/registry/records.ts';
import { subjectOf } from '#lib/domain/registry/scopes.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import type { SchoolState } from '#lib/domain/registry/state.ts';
import { m } from '#lib/i18n/paraglide/messages.js';

/** The name of a record; null: its kind has no names, and it goes by the person it is about. */
const nameOf: {
	readonly [K in Kind]: ((record: Records[K], state: SchoolState) => string) | null;
} = {
	account: (account, state) => accountNameOf(state, account),
	cardKey: () => m.history_subject_card_key(),
	cardKeyPrivate: null,
	cardReceipt: null,
	credentialCard: null,
	enrolment: null,
	group: ({ name }) => name,
	guardian: fullNameOf,
	guardianAccess: null,
	guardianContact: null,
	guardianship: null,
	handOut: ({ title }) => title,
	history: null,
	importBase: null,
	importRun: ({ fileName }) => fileName,
	leerId: null,
	nationalNumber: null,
	printRun: ({ title }) => title,
	pupil: fullNameOf,
	pupilContact: null,
	pupilIdentity: null,
	pupilOfficial: null,
	school: ({ name }) => name,
	signInBlock: null,
	signInReport: null,
	staff: fullNameOf
};

/** Returns the name of a person or thing with a history, or that it is no longer here. */
export function subjectName(state: SchoolState, id: Id): string {
	return knownName(state, id) ?? m.history_subject_gone();
}

/**
 * Returns the name of a record, or of the person it is about; null: nothing that has a name is here
 * by that id.
 */
export function knownName(state: SchoolState, id: Id): string | null {
	const records = recordsBy(state, id);
	// A card is about its pupil, and so is the block of a pupil's LeerID.
	const about = records.map(subjectOf).find((subject) => subject !== id);
	return (
		named(state, records) ?? (about === undefined ? null : named(state, recordsBy(state, about)))
	);
}

function recordsBy(state: SchoolState, id: Id): readonly AnyRecord[] {
	return allKinds.flatMap((kind) => state.get(kind, id) ?? []);
}

function named(state: SchoolState, records: readonly AnyRecord[]): string | null {
	for (const record of records) {
		const name = nameOf[record.kind] as ((of: AnyRecord, state: SchoolState) => string) | null;
		if (name) return name(record, state);
	}
	return null;
}
