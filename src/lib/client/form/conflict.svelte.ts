import type { Json } from '#lib/domain/kernel/ids.ts';
import { sameJson } from '#lib/domain/kernel/json.ts';
import type { AnyRecord } from '#lib/domain/registry/records.ts';
import type { CommitFailure } from '#lib/vault/replica/replica.ts';
import type { Session } from '../session/session.svelte.ts';

/** The value of a field when the typing began, and the wanted one. */
export type FromTo = readonly [from: Json, to: Json];

/** The changes that a form or a mutation wants of a record, by field. */
export type Wanted = Readonly<Record<string, FromTo>>;

/** A field that somebody else changed while it was being edited here. */
export interface FieldConflict {
	readonly field: string;
	readonly mine: Json;
	readonly theirs: Json;
}

export type Keep = 'mine' | 'theirs';

/** A form whose edit is refused when somebody else was first. */
export interface Contested {
	/** Returns the record that is edited, as it is now. */
	readonly record: () => AnyRecord | undefined;
	/** Returns what the form would save. */
	readonly wanted: () => Wanted;
	/** Puts what was chosen for a field in the form; null: nothing is wanted of it any more. */
	readonly settle: (field: string, change: FromTo | null) => void;
}

/** Returns the fields that hold neither what an edit started from nor what it wants. */
export function contestedFields(
	record: AnyRecord | undefined,
	wanted: Wanted
): readonly FieldConflict[] {
	if (!record) return [];
	const held = record as unknown as Readonly<Record<string, Json>>;
	return Object.entries(wanted).flatMap(([field, [from, mine]]) => {
		const theirs = held[field] ?? null;
		return sameJson(theirs, from) || sameJson(theirs, mine) ? [] : [{ field, mine, theirs }];
	});
}

/**
 * The fields to be settled before a form can be saved: *mijn waarde* or *hun waarde*, one by one.
 * The chosen value goes into the form, and the form's own button saves it.
 */
export class Conflict {
	readonly #session: Session;
	readonly #contested: Contested;
	#standing = $state<'none' | 'asked' | 'settled'>('none');

	constructor(session: Session, contested: Contested) {
		this.#session = session;
		this.#contested = contested;
	}

	/** Whether the form was refused for this, and has not been saved or emptied since. */
	get standing(): boolean {
		return this.#standing !== 'none';
	}

	/** The record as it is now. */
	get record(): AnyRecord | undefined {
		return this.#contested.record();
	}

	/** The fields to be settled; the record may change again while somebody chooses. */
	get fields(): readonly FieldConflict[] {
		return this.standing ? this.#now() : [];
	}

	/** Whether there is something to save. */
	get wantsMore(): boolean {
		return Object.keys(this.#contested.wanted()).length > 0;
	}

	/** Takes in why the form was not saved. Returns whether that is something to settle here. */
	takes(failure: CommitFailure): boolean {
		if (failure.code !== 'changedMeanwhile' || this.#now().length === 0) return false;
		this.#standing = 'asked';
		// By whom it was changed is told as soon as that is here.
		void this.#session.loadHistory();
		return true;
	}

	/** Chooses for a field: what was typed here stands, or what somebody else made of it. */
	settle(field: string, keep: Keep): void {
		const conflict = this.#now().find((each) => each.field === field);
		if (!conflict) return;
		const { mine, theirs } = conflict;
		this.#contested.settle(field, keep === 'mine' ? [theirs, mine] : null);
		if (this.#now().length === 0) this.#standing = 'settled';
	}

	/** Forgets it: the form was saved or emptied. */
	clear(): void {
		this.#standing = 'none';
	}

	#now(): readonly FieldConflict[] {
		const { record, wanted } = this.#contested;
		return contestedFields(record(), wanted());
	}
}

/** Returns what is typed, by field, after one of the fields was settled. */
export function withChange<Typed extends object>(
	typed: Typed,
	field: string,
	change: FromTo | null
): Typed {
	const others = Object.entries(typed).filter(([name]) => name !== field);
	return Object.fromEntries(change ? [...others, [field, change]] : others) as Typed;
}
