import { seenByGuardian, seenByPupil, seenByTeacher } from '../accounts/sight.ts';
import type { Actor } from '../kernel/actor.ts';
import type { Id, IsoDate } from '../kernel/ids.ts';
import { allKinds, declared, type Kind } from './kinds.ts';
import type { AnyRecord } from './records.ts';
import type { StateReader } from './state.ts';
import { allPupilTiers, schoolTiersOf } from './tiers.ts';

/**
 * A subject and a tier, `pupil/ID/contact`. The holder of one of a record's scopes may see the
 * record.
 */
export type Scope = string;

/** `pupil/{pupilId}/name`, ready to be filled in. */
interface Template {
	readonly before: string;
	/** null: it is the same for all, and stands in `before`. */
	readonly field: string | null;
	readonly after: string;
}

/** The declared scopes of a kind. */
interface Templates {
	readonly ofRecord: readonly Template[];
	readonly ofHistory: readonly Template[];
}

const templates = new Map<Kind, Templates>(
	allKinds.map((kind) => {
		const { scopes, historyScopes } = declared(kind);
		return [kind, { ofRecord: scopes.map(template), ofHistory: historyScopes.map(template) }];
	})
);

/** The tier of a scope, `pupil//contact`, and the first schema whose apps know a kind in it. */
const tierSince = new Map<string, number>();
for (const kind of allKinds) {
	const { scopes, historyScopes, since } = declared(kind);
	for (const scope of [...scopes, ...historyScopes].map(tierOf)) {
		tierSince.set(scope, Math.min(tierSince.get(scope) ?? since, since));
	}
}

/** A scope or its template without whom it is about: `pupil//contact`. */
export function tierOf(scope: string): string {
	const [subject = '', id, tier = ''] = scope.split('/');
	if (id === undefined || subject === 'school') return scope;
	return `${subject}//${tier}`;
}

/** Those of some scopes that hold kinds which an app of this schema knows. */
export function scopesKnownTo(schema: number, scopes: ReadonlySet<Scope>): ReadonlySet<Scope> {
	if (schema >= newestTier) return scopes;
	return new Set([...scopes].filter((scope) => (tierSince.get(tierOf(scope)) ?? 0) <= schema));
}

const newestTier = Math.max(...tierSince.values());

function template(text: string): Template {
	const [, before = text, field = null, after = ''] = /^(.*)\{(\w+)\}(.*)$/.exec(text) ?? [];
	return { before, field, after };
}

/**
 * The scopes of a record, from the record alone: moving a pupil to another group changes what actors
 * hold, and rewrites nothing. Every pupil's tier stands beside the school's, so that the
 * administration holds a handful of scopes and not five a pupil.
 */
export function scopesOf(record: AnyRecord): readonly Scope[] {
	if (record.kind === 'history') {
		return historyScopes(record.subjectId, record.changes[0]?.kind ?? 'history');
	}
	const held = record as unknown as Readonly<Record<string, string>>;
	const ofRecord = templates.get(record.kind)?.ofRecord ?? [];
	const [one, other] = ofRecord;
	// Nearly every kind has two, and this is asked of every record that is read.
	if (one && other && ofRecord.length === 2) return [filled(one, held), filled(other, held)];
	return ofRecord.map((each) => filled(each, held));
}

function filled({ before, field, after }: Template, held: Readonly<Record<string, string>>): Scope {
	return field === null ? before : before + (held[field] ?? '') + after;
}

/** A history entry is divided by scopes when it is made (run.ts), so its first change speaks for all. */
function historyScopes(subjectId: Id, kind: Kind): readonly Scope[] {
	// Of a kind that only a newer app knows, nobody knows who may read.
	return (templates.get(kind)?.ofHistory ?? []).map(({ before, field, after }) =>
		field === null ? before : `${before}${subjectId}${after}`
	);
}

/** The scopes that are a person's own: all that is told of them and not to the whole school's staff. */
export function ownScopes(id: Id): readonly Scope[] {
	return [`guardian/${id}`, ...allPupilTiers.map((tier) => `pupil/${id}/${tier}`)];
}

/**
 * The scopes that an actor holds today. The administration holds the school's tiers; everybody else
 * holds persons': a teacher the pupils of their groups, a guardian their children, a pupil their own.
 */
export function scopesFor(actor: Actor, state: StateReader, today: IsoDate): ReadonlySet<Scope> {
	const { id, role } = actor;
	const own = ['school', `account/${id}`];
	const ofSchool = () => schoolTiersOf(actor).map((tier) => `school/${tier}`);
	switch (role) {
		case 'administration':
		case 'scheduler':
			return new Set([...own, ...ofSchool()]);
		case 'teacher':
			return new Set([...own, ...ofSchool(), ...seenByTeacher(state, id, today)]);
		case 'guardian':
			return new Set([...own, ...seenByGuardian(state, id, today)]);
		case 'pupil':
			return new Set([...own, ...seenByPupil(state, id, today)]);
		case 'system':
			return new Set();
	}
}

/** Tells whether a holder of these scopes may see a record. */
export function maySee(held: ReadonlySet<Scope>, record: AnyRecord): boolean {
	return scopesOf(record).some((scope) => held.has(scope));
}

/** Returns the subject whose history page shows a change to this record. */
export function subjectOf(record: AnyRecord): Id {
	const subject = declared(record.kind).subject;
	return (record as unknown as Readonly<Record<string, Id>>)[subject] ?? record.id;
}
