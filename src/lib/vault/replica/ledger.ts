import type { Mutation } from '#lib/domain/kernel/mutation.ts';
import { isMutationName } from '#lib/domain/registry/mutations.ts';
import type { AnyRecord } from '#lib/domain/registry/records.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import type { Kind } from '#lib/domain/registry/kinds.ts';
import type { Refusal } from '#lib/domain/registry/refusal.ts';
import { ok, refuse, type Result } from '#lib/domain/kernel/result.ts';
import { run } from '#lib/domain/registry/run.ts';
import { SchoolState, type Change } from '#lib/domain/registry/state.ts';
import { Breather } from '../disk/breather.ts';
import type { Entry } from '../pages/entry.ts';
import { VaultError } from '../disk/failure.ts';
import { Overlay } from './overlay.ts';

/** The rulebook that a vault runs mutations by; tests bring their own. */
export interface Rules {
	readonly run: typeof run;
	/** Tells whether this version of the app knows a mutation of this name. */
	readonly knows: (name: string) => boolean;
	/** Tells whether a mutation reads history, which is otherwise left on the disk. */
	readonly readsHistory: (mutation: Mutation) => boolean;
}

export const schoolRules: Rules = {
	run,
	knows: isMutationName,
	readsHistory: ({ name }) => name.startsWith('change.undo@')
};

export type IndexedRefusal = Refusal & {
	/** Which of the proposed mutations it was. */
	readonly index: number;
};

/** An entry of the outbox, and why the rules refuse it now; it has then changed nothing. */
export interface Waiting extends Entry {
	readonly refusal: Refusal | null;
}

interface Applied extends Waiting {
	/** The outbox row it is in. */
	readonly seq: number;
	readonly change: Change | null;
	readonly inverse: Change | null;
}

/** Confirmed records with the outbox run over them, and how to take the outbox off again. */
export class Ledger {
	readonly state: SchoolState;
	readonly #rules: Rules;
	/** Secret → the outbox row that it travels in. */
	readonly #secretRows = new Map<Id, number>();
	#applied: Applied[] = [];

	constructor(rules: Rules, confirmed: Iterable<AnyRecord>) {
		this.#rules = rules;
		this.state = new SchoolState(confirmed);
	}

	get entries(): readonly Applied[] {
		return this.#applied;
	}

	/** The outbox rows that hold any of these secrets, or any at all. */
	secretRows(ids: Iterable<Id> = this.#secretRows.keys()): number[] {
		const seqs = [...ids].map((id) => this.#secretRows.get(id));
		return [...new Set(seqs.filter((seq) => seq !== undefined))];
	}

	/** Returns the changes of these entries, if they are in the outbox already. */
	changesOf(entries: readonly Entry[]): Change[] | null {
		const uids = new Set(entries.map(({ mutation }) => mutation.uid));
		const ours = this.#applied.filter(({ mutation }) => uids.has(mutation.uid));
		if (ours.length < entries.length || ours.length === 0) return null;
		return ours.map(({ change }) => change ?? { puts: [], removes: [] });
	}

	/** Runs entries one after the other over a state that stays as it is. All, or the first refusal. */
	async compute(entries: readonly Entry[]): Promise<Result<Change[], IndexedRefusal>> {
		const reader = entries.length > 1 ? new Overlay(this.state) : null;
		const changes: Change[] = [];
		const breather = new Breather();
		for (const [index, entry] of entries.entries()) {
			const result = this.#rules.run(reader ?? this.state, entry.mutation, entry);
			if (!result.ok) return refuse({ ...result.refusal, index });
			reader?.apply(result.value);
			changes.push(result.value);
			await breather.pause();
		}
		return ok(changes);
	}

	/** Folds in what was computed and is now on the disk. */
	push(entries: readonly (Entry & { readonly seq: number; readonly change: Change })[]): void {
		for (const entry of entries) {
			const inverse = this.state.apply(entry.change);
			this.#add({ ...entry, inverse, refusal: null });
		}
	}

	/** Runs entries that are on the disk already. A refusal takes nothing else with it. */
	replay(entries: readonly (Entry & { readonly seq: number })[]): Kind[] {
		const kinds: Kind[] = [];
		for (const entry of entries) {
			if (!this.#rules.knows(entry.mutation.name)) throw new VaultError('updateNeeded');
			const result = this.#rules.run(this.state, entry.mutation, entry);
			const change = result.ok ? result.value : null;
			const inverse = change && this.state.apply(change);
			const refusal = result.ok ? null : result.refusal;
			this.#add({ ...entry, change, inverse, refusal });
			if (change) kinds.push(...kindsOf(change));
		}
		return kinds;
	}

	/** The rows up to `seq` have become confirmed records. */
	confirm(seq: number): void {
		this.#applied = this.#applied.filter((entry) => entry.seq > seq || entry.refusal);
		for (const [id, row] of this.#secretRows) if (row <= seq) this.#secretRows.delete(id);
	}

	/**
	 * Takes the outbox off, changes the confirmed records, drops what is settled, and runs the rest
	 * over the result.
	 */
	rebase(change: Change, settled: ReadonlySet<Id>): Kind[] {
		const kinds = kindsOf(change);
		for (const { inverse } of this.#applied.toReversed()) {
			if (inverse) kinds.push(...kindsOf(this.state.apply(inverse)));
		}
		this.state.apply(change);
		const rest = this.#applied.filter(({ mutation }) => !settled.has(mutation.uid));
		this.#applied = [];
		return [...kinds, ...this.replay(rest)];
	}

	/** Passwords themselves stay on the disk until somebody asks for them. */
	#add(applied: Applied): void {
		for (const id of Object.keys(applied.secrets ?? {})) this.#secretRows.set(id, applied.seq);
		this.#applied.push({ ...applied, secrets: undefined });
	}
}

export function kindsOf(change: Change): Kind[] {
	return [...change.puts, ...change.removes].map(({ kind }) => kind);
}
