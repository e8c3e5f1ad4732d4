import { seenByGuardian, seenByPupil, seenByTeacher } from './accounts/sight.ts';
import type { Actor } from './mutation.ts';
import type { AnyRecord, Id, IsoDate, Kind } from './records.ts';
import type { StateReader } from './state/school-state.ts';

/**
 * A subject and a tier, `pupil/ID/contact`. Who holds one of a record's scopes may see the record.
 * A pupil's tiers: `name` (and class), `identity` (birth date), `contact`, `number`, `credential`.
 */
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
			return [`group/${record.id}`, 'school/staff'];
		case 'staff':
			return ['school/staff'];
		case 'account':
			return [`account/${record.id}`, 'school/administration'];
		case 'signInBlock':
		case 'signInReport':
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
		case 'guardianAccess':
			return pupilScopes(record.id, 'identity');
		case 'pupilContact':
			return pupilScopes(record.id, 'contact');
		case 'pupilOfficial':
		case 'nationalNumber':
			return pupilScopes(record.id, 'number');
		case 'guardianship':
			// Not the pupil's: one parent may not read what the school knows of the other.
			return [`guardian/${record.guardianId}`, 'school/contact'];
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
		case 'guardianAccess':
			return pupilScopes(subjectId, 'identity');
		case 'pupilContact':
			return pupilScopes(subjectId, 'contact');
		case 'guardianship':
			return ['school/contact'];
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
		case 'signInBlock':
		case 'signInReport':
		case 'printRun':
		case 'cardKey':
		case 'importRun':
		case 'importBase':
		case 'history':
		case undefined:
			return ['school/administration'];
	}
}

const pupilTiers = ['name', 'identity', 'contact', 'number', 'credential'];

/** The scopes that are a person's own: all that is told of them and not to the whole school's staff. */
export function ownScopes(id: Id): readonly Scope[] {
	return [`guardian/${id}`, ...pupilTiers.map((tier) => `pupil/${id}/${tier}`)];
}

const schoolTiers = ['administration', ...pupilTiers];

/**
 * The scopes that an actor holds today. The administration holds the school's tiers; everybody else
 * holds persons': a teacher the pupils of their groups, a guardian their children, a pupil their own.
 */
export function scopesFor(actor: Actor, state: StateReader, today: IsoDate): ReadonlySet<Scope> {
	const { id, role, rights } = actor;
	const own = ['school', `account/${id}`];
	switch (role) {
		case 'administration': {
			const tiers = rights.includes('cards') ? [...schoolTiers, 'cards'] : schoolTiers;
			return new Set([...own, 'school/staff', ...tiers.map((tier) => `school/${tier}`)]);
		}
		case 'teacher':
			return new Set([...own, 'school/staff', ...seenByTeacher(state, id, today)]);
		case 'scheduler':
			return new Set([...own, 'school/staff']);
		case 'guardian':
			return new Set([...own, ...seenByGuardian(state, id, today)]);
		case 'pupil':
			return new Set([...own, ...seenByPupil(state, id, today)]);
		case 'system':
			return new Set();
	}
}

/** Whether who holds these scopes may see a record. */
export function maySee(held: ReadonlySet<Scope>, record: AnyRecord): boolean {
	return scopesOf(record).some((scope) => held.has(scope));
}

/** Whose history page shows a change to this record. */
export function subjectOf(record: AnyRecord): Id {
	if ('pupilId' in record) return record.pupilId;
	return 'accountId' in record ? record.accountId : record.id;
}
