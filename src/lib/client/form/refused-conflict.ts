import type { Id, Json } from '#lib/domain/kernel/ids.ts';
import type { Mutation } from '#lib/domain/kernel/mutation.ts';
import { isKind } from '#lib/domain/registry/kinds.ts';
import { declaredMutation, isMutationName } from '#lib/domain/registry/mutations.ts';
import type { AnyRecord } from '#lib/domain/registry/records.ts';
import type { StateReader } from '#lib/domain/registry/state.ts';
import type { Refused } from '#lib/vault/outbox/refused.ts';
import {
	contestedFields,
	type FieldConflict,
	type FromTo,
	type Keep,
	type Wanted
} from './conflict.svelte.ts';

/** Something that was refused because somebody else was first, and can be settled. */
export interface RefusedConflict extends FieldConflict {
	/** Of the mutation that was refused. */
	readonly uid: Id;
	/** The record that it would change, as it is now. */
	readonly record: AnyRecord;
}

/** The arguments of a mutation. */
export type Args = Readonly<Record<string, Json>>;

/**
 * Returns what has to be settled before a refused mutation can be made again: an edit field by field,
 * any other as a whole. Empty: it was refused for something else, or nothing stands in its way by now; or it is a
 * decision over another (`seen`), which is made anew where both can be read, and never passed over unseen.
 */
export function conflictsOf(
	{ mutation, refusal }: Refused,
	state: StateReader
): readonly RefusedConflict[] {
	if (refusal.code !== 'changedMeanwhile' || !isKind(refusal.kind)) return [];
	const record = state.get(refusal.kind, refusal.id);
	if (!record) return [];
	const { uid } = mutation;
	const contested = contestedFields(record, wantedBy(mutation));
	const asked = editOf(mutation) ? contested : contested.slice(0, 1);
	return asked.map((conflict) => ({ ...conflict, uid, record }));
}

/**
 * Returns the arguments by which a mutation is made again over what is there now; null: nothing of it
 * is left.
 * @param keep what was chosen for each of `conflictsOf`, by field
 */
export function settledArgs(
	mutation: Mutation,
	record: AnyRecord,
	keep: ReadonlyMap<string, Keep>
): Args | null {
	const held = record as unknown as Args;
	const edit = editOf(mutation);
	if (!edit) return [...keep.values()].includes('theirs') ? null : overNow(mutation, held);
	const changes = Object.entries(edit).flatMap(([field, change]) => {
		// The number says in which country the school is.
		const chosen = keep.get(field === 'country' ? 'number' : field) ?? keep.get(field);
		if (chosen === undefined) return [[field, change] as const];
		return chosen === 'mine' ? [[field, [held[field] ?? null, change[1]]] as const] : [];
	});
	return changes.length === 0
		? null
		: { ...(mutation.args as Args), edit: Object.fromEntries(changes) };
}

/** Returns the changes that a mutation wants of its record, by field. */
function wantedBy(mutation: Mutation): Wanted {
	const edit = editOf(mutation);
	if (edit) return edit;
	const args = mutation.args as Args;
	return Object.fromEntries(
		Object.entries(args).flatMap(([name, value]): [string, FromTo][] => {
			if (name === 'fromSecretId') return [['secretId', [value, args['secretId'] ?? null]]];
			return isFromTo(mutation, name) ? [[name, value as unknown as FromTo]] : [];
		})
	);
}

/** The arguments of a mutation that is no edit, over what is there now. */
function overNow(mutation: Mutation, held: Args): Args {
	return Object.fromEntries(
		Object.entries(mutation.args as Args).map(([name, value]) => {
			if (name === 'fromSecretId') return [name, held['secretId'] ?? null];
			if (!isFromTo(mutation, name)) return [name, value];
			const [from, to] = value as unknown as FromTo;
			const now = held[name] ?? null;
			// A field that was not touched here stays as somebody else made it.
			return [name, [now, from === to ? now : to]];
		})
	);
}

function editOf({ name, args }: Mutation): Wanted | null {
	const declared = isMutationName(name) ? declaredMutation(name).args['edit'] : undefined;
	return declared?.is === 'edit' ? (args as { readonly edit: Wanted }).edit : null;
}

function isFromTo({ name }: Mutation, arg: string): boolean {
	return isMutationName(name) && declaredMutation(name).args[arg]?.is === 'fromTo';
}
