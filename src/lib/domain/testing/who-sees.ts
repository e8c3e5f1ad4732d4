import type { Actor } from '../kernel/actor.ts';
import type { Id, IsoDate } from '../kernel/ids.ts';
import type { Kind } from '../registry/kinds.ts';
import type { Records } from '../registry/records.ts';
import type { SchoolState } from '../registry/state.ts';

/**
 * The rules of sight, written down a second time, without the code that is tried. The ids follow
 * the rule of the small school (every-kind.ts).
 */

/** The asker, and the moment. */
export interface Asked {
	readonly state: SchoolState;
	readonly actor: Actor;
	readonly date: IsoDate;
	/** Of everybody who is or was at the school. */
	readonly pupilIds: readonly Id[];
}

const everybody = ({ actor }: Asked) => actor.role !== 'system';
const administration = ({ actor }: Asked) => actor.role === 'administration';
const cards = (asked: Asked) => administration(asked) && asked.actor.rights.includes('cards');
const staff = ({ actor }: Asked) => ['administration', 'teacher', 'scheduler'].includes(actor.role);
const self = (asked: Asked, accountId: Id) => administration(asked) || asked.actor.id === accountId;
/** The administration, and who knows the pupil. */
const known = (asked: Asked, id: Id) => administration(asked) || knowsPupil(asked, id);
const reached = (asked: Asked, id: Id) =>
	administration(asked) || knowsPupil(asked, id, { address: true });
const ownPupil = (asked: Asked, id: Id) =>
	administration(asked) || (asked.actor.role === 'pupil' && knowsPupil(asked, id));

/** The rule of product.md and the facts for each kind, written from the record's side. */
const seers: { readonly [K in Kind]: (asked: Asked, record: Records[K]) => boolean } = {
	school: everybody,
	group: (asked, { id }) =>
		staff(asked) ||
		asked.pupilIds.some((each) => isInGroup(asked.state, each, id) && knowsPupil(asked, each)),
	pupil: (asked, { id }) => known(asked, id),
	pupilIdentity: (asked, { id }) => known(asked, id),
	pupilOfficial: administration,
	nationalNumber: administration,
	pupilContact: (asked, { id }) => reached(asked, id),
	enrolment: (asked, { pupilId }) => known(asked, pupilId),
	guardian: (asked, { id }) => self(asked, `account-${id}`),
	guardianContact: (asked, { id }) => self(asked, `account-${id}`),
	guardianship: (asked, { guardianId }) => self(asked, `account-${guardianId}`),
	staff,
	account: (asked, { id }) => self(asked, id),
	signInBlock: administration,
	signInReport: administration,
	guardianAccess: (asked, { id }) => known(asked, id),
	leerId: (asked, { pupilId }) => ownPupil(asked, pupilId),
	credentialCard: (asked, { pupilId }) => ownPupil(asked, pupilId),
	cardReceipt: (asked, { pupilId }) => ownPupil(asked, pupilId),
	handOut: administration,
	printRun: administration,
	cardKey: everybody,
	cardKeyPrivate: cards,
	importRun: administration,
	importBase: administration,
	history: (asked, { subjectId, changes: [first] }) =>
		first !== undefined && historySeers[first.kind](asked, subjectId)
};

/** The same of what became of a record of each kind; narrower at times, and never wider. */
const historySeers: { readonly [K in Kind]: (asked: Asked, subjectId: Id) => boolean } = {
	school: staff,
	group: administration,
	pupil: known,
	pupilIdentity: known,
	pupilOfficial: administration,
	nationalNumber: administration,
	pupilContact: reached,
	enrolment: known,
	guardian: (asked, id) => self(asked, `account-${id}`),
	guardianContact: (asked, id) => self(asked, `account-${id}`),
	guardianship: administration,
	staff: administration,
	account: administration,
	signInBlock: administration,
	signInReport: administration,
	guardianAccess: known,
	leerId: ownPupil,
	credentialCard: ownPupil,
	cardReceipt: ownPupil,
	handOut: administration,
	printRun: administration,
	cardKey: administration,
	cardKeyPrivate: cards,
	importRun: administration,
	importBase: administration,
	history: administration
};

/** Tells whether somebody may see a record, by what is written here alone. */
export function shouldSee<K extends Kind>(
	asked: Asked,
	record: Records[K] & { readonly kind: K }
): boolean {
	return seers[record.kind](asked, record);
}

function isInGroup(state: SchoolState, id: Id, groupId: Id): boolean {
	return state.get('pupil', id)?.groupId === groupId;
}

function knowsPupil({ state, actor, date }: Asked, id: Id, { address = false } = {}): boolean {
	const lastDay = state.get('enrolment', `enrolment-${id}`)?.to ?? '';
	if (actor.role === 'pupil') return actor.id === `leerId-${id}` && date <= lastDay;
	if (actor.role === 'teacher') {
		const groupId = state.get('pupil', id)?.groupId ?? 'none';
		return date <= lastDay && (state.get('account', actor.id)?.groupIds.includes(groupId) ?? false);
	}
	if (actor.role !== 'guardian') return false;
	const guardianId = actor.id.replace('account-', '');
	const link = state.get('guardianship', `link-${guardianId}-${id}`);
	if (!link || link.authority === false || (address && !link.addressVisible)) return false;
	const born = state.get('pupilIdentity', id)?.birthDate ?? null;
	if (born === null || state.get('guardianAccess', id)?.allowed === true) return true;
	return date < `${Number(born.slice(0, 4)) + 18}${born.slice(4)}`;
}
