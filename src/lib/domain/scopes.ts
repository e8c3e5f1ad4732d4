import type { Actor } from './mutation.ts';
import type { AnyRecord, Id, Kind } from './records.ts';

/** A subject and a tier, `pupil/ID/contact`. Who holds one of a record's scopes may see the record. */
export type Scope = string;

/**
 * The scopes of a record, from the record alone: moving a pupil to another group changes what actors
 * hold, and rewrites nothing. Every pupil's tier stands beside the school's, so that the
 * administration holds a handful of scopes and not five a pupil.
 */
export function scopesOf(record: AnyRecord): readonly Scope[] {
	switch (record.kind) {
		case 'school':
		case 'cardKey':
			return ['school'];
		case 'group':
		case 'staff':
			return ['school/staff'];
		case 'account':
		case 'handOut':
		case 'printRun':
		case 'importRun':
		case 'importBase':
			return ['school/administration'];
		case 'cardKeyPrivate':
			return ['school/cards'];
		case 'pupil':
			return pupilScopes(record.id, 'name');
		case 'enrolment':
			return pupilScopes(record.pupilId, 'name');
		case 'pupilIdentity':
		case 'pupilContact':
			return pupilScopes(record.id, 'contact');
		case 'pupilOfficial':
		case 'nationalNumber':
			return pupilScopes(record.id, 'number');
		case 'guardianship':
			return pupilScopes(record.pupilId, 'contact');
		case 'guardian':
		case 'guardianContact':
			return [`guardian/${record.id}`, 'school/contact'];
		case 'leerId':
		case 'credentialCard':
		case 'cardReceipt':
			return pupilScopes(record.pupilId, 'credential');
		case 'history':
			return historyScopes(record.subjectId, record.changes[0]?.kind);
	}
}

function pupilScopes(id: Id, tier: string): readonly Scope[] {
	return [`pupil/${id}/${tier}`, `school/${tier}`];
}

/**
 * A history entry is divided by scopes when it is made (run.ts), so its first change speaks for all.
 * Nobody may hold these without holding those of the changed record; they may be narrower.
 */
function historyScopes(subjectId: Id, kind: Kind | undefined): readonly Scope[] {
	switch (kind) {
		case 'pupil':
		case 'enrolment':
			return pupilScopes(subjectId, 'name');
		case 'pupilIdentity':
		case 'pupilContact':
		case 'guardianship':
			return pupilScopes(subjectId, 'contact');
		case 'pupilOfficial':
		case 'nationalNumber':
			return pupilScopes(subjectId, 'number');
		case 'leerId':
		case 'credentialCard':
		case 'cardReceipt':
			return pupilScopes(subjectId, 'credential');
		case 'guardian':
		case 'guardianContact':
			return [`guardian/${subjectId}`, 'school/contact'];
		case 'school':
			return ['school/staff'];
		case 'cardKeyPrivate':
			return ['school/cards'];
		case 'group':
		case 'staff':
		case 'account':
		case 'handOut':
		case 'printRun':
		case 'cardKey':
		case 'importRun':
		case 'importBase':
		case 'history':
		case undefined:
			return ['school/administration'];
	}
}

/** The scopes that an actor holds. Pupils and guardians hold the school's own, and no person's. */
export function scopesFor(actor: Actor): ReadonlySet<Scope> {
	const scopes = new Set<Scope>(['school']);
	if (actor.role === 'pupil' || actor.role === 'guardian') return scopes;
	scopes.add('school/staff');
	if (actor.role !== 'administration') return scopes;
	for (const tier of ['administration', 'name', 'contact', 'number', 'credential']) {
		scopes.add(`school/${tier}`);
	}
	if (actor.rights.includes('cards')) scopes.add('school/cards');
	return scopes;
}

/** Whose history page shows a change to this record. */
export function subjectOf(record: AnyRecord): Id {
	return 'pupilId' in record ? record.pupilId : record.id;
}
