import { leerIdStatus } from './leer-id/status.ts';
import type { Actor } from './mutation.ts';
import type { AnyRecord, Id, IsoDate, Kind } from './records.ts';
import type { StateReader } from './state/school-state.ts';

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
		case 'printRun':
		case 'cardKey':
		case 'importRun':
		case 'importBase':
		case 'history':
		case undefined:
			return ['school/administration'];
	}
}

/**
 * The scopes that an actor holds today. A pupil holds their own tiers but for the national number's
 * and only while their LeerID works; a guardian no person's.
 */
export function scopesFor(actor: Actor, state: StateReader, today: IsoDate): ReadonlySet<Scope> {
	const scopes = new Set<Scope>(['school']);
	const add = (...added: readonly Scope[]) => added.forEach((scope) => scopes.add(scope));
	switch (actor.role) {
		case 'guardian':
			break;
		case 'pupil':
			add(...pupilsOwn(state, actor.id, today));
			break;
		case 'administration':
			for (const tier of ['administration', 'name', 'contact', 'number', 'credential']) {
				add(`school/${tier}`);
			}
			if (actor.rights.includes('cards')) add('school/cards');
			add('school/staff');
			break;
		case 'teacher':
		case 'scheduler':
			add('school/staff');
	}
	return scopes;
}

function pupilsOwn(state: StateReader, leerIdId: Id, today: IsoDate): readonly Scope[] {
	const pupilId = state.get('leerId', leerIdId)?.pupilId;
	if (pupilId === undefined || leerIdStatus(state, pupilId, today).status !== 'active') return [];
	return ['name', 'contact', 'credential'].map((tier) => `pupil/${pupilId}/${tier}`);
}

/** Whose history page shows a change to this record. */
export function subjectOf(record: AnyRecord): Id {
	return 'pupilId' in record ? record.pupilId : record.id;
}
