import type { Json } from '#lib/domain/kernel/ids.ts';
import { sameJson } from '#lib/domain/kernel/json.ts';
import { declared } from '#lib/domain/registry/kinds.ts';
import type { AnyRecord, History } from '#lib/domain/registry/records.ts';
import { maySee, scopesFor, subjectOf } from '#lib/domain/registry/scopes.ts';
import type { StateReader } from '#lib/domain/registry/state.ts';
import { fieldWord, valueText } from '#lib/i18n/field-words.ts';
import { formatMoment } from '#lib/i18n/format.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import { nameOfActor } from '../session/actor-name.ts';
import type { Session } from '../session/session.svelte.ts';
import type { FieldConflict } from './conflict.svelte.ts';

/** A field that somebody else changed meanwhile, in words. */
export interface ConflictText {
	readonly field: string;
	readonly label: string;
	/** Both values; null: they are not for the screen, as a password is not. */
	readonly values: { readonly mine: string; readonly theirs: string } | null;
	/** By whom and when it was changed; null: this device cannot tell, or may not. */
	readonly by: string | null;
}

/** Returns a conflict in words. */
export function conflictText(
	session: Session,
	record: AnyRecord,
	{ field, mine, theirs }: FieldConflict
): ConflictText {
	const view = declared(record.kind).fields[field]?.shown ?? 'never';
	const { state } = session;
	const words = (value: Json) =>
		valueText(field, view === 'groups' ? groupNames(state, value) : value) ?? m.app_nothing();
	return {
		field,
		label: fieldWord(record.kind, field) ?? m.app_conflict_field(),
		values:
			view === 'never' || view === 'changed' ? null : { mine: words(mine), theirs: words(theirs) },
		by: changedBy(session, record, field)
	};
}

function groupNames(state: StateReader, ids: Json): Json {
	if (!Array.isArray(ids)) return ids;
	return ids.map((id: Json) => {
		const group = typeof id === 'string' ? state.get('group', id) : undefined;
		return group?.name ?? m.app_nothing();
	});
}

/**
 * Says by whom and when a field came to hold what it holds; null: its history is not on this device,
 * does not go as far, or is not for whoever is signed in.
 */
function changedBy(session: Session, record: AnyRecord, field: string): string | null {
	const { state, actor, today } = session;
	if (!actor) return null;
	const entries = state.find('historyBySubject', subjectOf(record));
	const last = latest(entries.filter((entry) => valueGivenBy(entry, record, field) !== undefined));
	const now = valueOf(record, field);
	// An entry that gave another value is not the last one: it would name somebody else.
	if (!last || !sameJson(valueGivenBy(last, record, field), now)) return null;
	if (!maySee(scopesFor(actor, state, today), last)) return null;
	const when = formatMoment(last.madeAt);
	if (last.actorId === actor.id) return m.app_changed_by_you({ when });
	const who = nameOfActor(state, last.actorId);
	return who === m.history_unknown_actor()
		? m.app_changed_at({ when })
		: m.app_changed_by({ who, when });
}

/** Returns the value that an entry gave a field; undefined: it did not touch it. */
function valueGivenBy({ changes }: History, record: AnyRecord, field: string): Json | undefined {
	for (const change of changes) {
		if (change.kind !== record.kind || change.id !== record.id) continue;
		// An added value is told nowhere: unless it was changed later, it is the value there now.
		if (change.op === 'add') return valueOf(record, field);
		if (change.op === 'edit' && change.fields[field]) return change.fields[field][1];
	}
	return undefined;
}

function valueOf(record: AnyRecord, field: string): Json {
	return (record as unknown as Readonly<Record<string, Json>>)[field] ?? null;
}

/** At the same time, what came in last counts as later. */
function latest(entries: readonly History[]): History | undefined {
	return entries.reduce<History | undefined>(
		(last, entry) => (last && last.madeAt > entry.madeAt ? last : entry),
		undefined
	);
}
