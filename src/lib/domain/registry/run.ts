import { argsNow } from './args-now.ts';
import { sameJson } from '../kernel/json.ts';
import { fitsOneMutation, type Context, type Door, type Mutation } from '../kernel/mutation.ts';
import type { Actor } from '../kernel/actor.ts';
import { mutations, undoRuleOf, type MutationName } from './mutations.ts';
import type { Id, IsoDate, Json } from '../kernel/ids.ts';
import { declared } from './kinds.ts';
import type { AnyRecord, History, RecordChange } from './records.ts';
import type { Refusal } from './refusal.ts';
import { ok, refuse, type Result } from '../kernel/result.ts';
import { may } from './rights.ts';
import { scopesOf, subjectOf } from './scopes.ts';
import { Draft, type Change, type StateReader } from './state.ts';

/**
 * Runs a mutation over a state: the device at once, the server in its order. Leaves the state
 * alone; the change it returns carries its own history, under ids that begin with the uid. A uid
 * that history knows is refused, so that no entry ever takes the place of another. Throws only on a
 * name it does not know.
 */
export function run(
	state: StateReader,
	made: Mutation,
	by: { readonly actor: Actor; readonly today: IsoDate; readonly door?: Door | null }
): Result<Change, Refusal> {
	const { actor, today, door = null } = by;
	const name = made.name as MutationName;
	const mutation = { ...made, args: argsNow(name, made.args) };
	if (mutation.actorId !== actor.id || !may(actor, mutation, state, today)) {
		return refuse({ code: 'notAllowed' });
	}
	if (!fitsOneMutation(made)) return refuse({ code: 'mutationTooLarge' });
	const { uid, batch, madeAt } = mutation;
	if (state.find('historyByUid', uid).length > 0) {
		return refuse({ code: 'alreadyExists', kind: 'history', id: uid });
	}
	const context: Context = { actor, today, madeAt, uid, batch, door, undoRuleOf };
	const draft = new Draft(state);
	const declaration = mutations[name];
	const refusal = declaration.run(draft, mutation.args as never, context);
	if (refusal) return refuse(refusal);
	const change = draft.change();
	const undoes = mutation.name === 'change.undo@1' ? (mutation.args as { uid: Id }).uid : null;
	const history = historyOf(change, draft, { ...context, mutation: mutation.name, undoes });
	return ok({ puts: [...change.puts, ...history], removes: change.removes });
}

/** One entry per subject and set of scopes, so that nobody reads in a history what they may not see. */
function historyOf(
	change: Change,
	draft: Draft,
	made: Context & { readonly mutation: string; readonly undoes: Id | null }
): History[] {
	const groups = new Map<string, { subjectId: Id; changes: RecordChange[] }>();
	const note = (record: AnyRecord, entry: RecordChange) => {
		const subjectId = subjectOf(record);
		const key = `${subjectId} ${scopesOf(record).join(' ')}`;
		const group = groups.get(key) ?? { subjectId, changes: [] };
		group.changes.push(entry);
		groups.set(key, group);
	};
	for (const record of change.puts) {
		if (declared(record.kind).history === 'none') continue;
		const entry = changeOf(draft.before(record.kind, record.id), record);
		if (entry) note(record, entry);
	}
	for (const { kind, id } of change.removes) {
		const before = draft.before(kind, id);
		if (before && declared(kind).history !== 'none')
			note(before, { op: 'remove', kind, id, before });
	}
	const { uid, batch, madeAt, mutation, undoes } = made;
	return [...groups.values()].map(({ subjectId, changes }, index) => ({
		kind: 'history',
		id: `${uid}-${index}`,
		uid,
		batch,
		mutation,
		actorId: made.actor.id,
		madeAt,
		undoes,
		subjectId,
		changes
	}));
}

function changeOf(before: AnyRecord | undefined, after: AnyRecord): RecordChange | null {
	const { kind, id } = after;
	if (!before) return { op: 'add', kind, id };
	const was = before as unknown as Readonly<Record<string, Json>>;
	const fields: Record<string, readonly [Json, Json]> = {};
	for (const [field, to] of Object.entries(after) as [string, Json][]) {
		const from = was[field] ?? null;
		if (!sameJson(from, to)) fields[field] = [from, to];
	}
	return Object.keys(fields).length > 0 ? { op: 'edit', kind, id, fields } : null;
}
