import { partOf } from '#lib/domain/registry/mutations.ts';
import type { Mutation } from '#lib/domain/kernel/mutation.ts';
import type { Id, Instant, Json } from '#lib/domain/kernel/ids.ts';
import { sameJson } from '#lib/domain/kernel/json.ts';
import { ok, refuse, type Result } from '#lib/domain/kernel/result.ts';
import type { ChangeText } from '#lib/i18n/history-text.ts';
import { refusalText } from '#lib/i18n/refusal-text.ts';
import type { VaultFailure } from '#lib/vault/disk/failure.ts';
import { Outbox } from '#lib/vault/outbox/outbox.ts';
import type { Refused } from '#lib/vault/outbox/refused.ts';
import type { CommitFailure } from '#lib/vault/replica/replica.ts';
import {
	mutationChanges,
	mutationSubject,
	mutationText,
	refusalChanges,
	type MutationSubject
} from './mutation-text.ts';
import type { Keep } from '../form/conflict.svelte.ts';
import type { Session } from '../session/session.svelte.ts';
import {
	conflictsOf,
	settledArgs,
	type Args,
	type RefusedConflict
} from '../form/refused-conflict.ts';

/** Something that waits to be sent: one mutation, or all of one action. */
interface UnsentItem {
	/** For keyed lists. */
	readonly key: Id;
	readonly uids: readonly Id[];
	/** Its name: `leerId.create@1`. */
	readonly mutation: string;
	readonly what: string;
	/** The person or thing that it is about; null: nobody that is here, or several. */
	readonly subject: MutationSubject | null;
	readonly at: Instant;
}

/** Something that the school did not accept, as its maker typed it. */
export interface RefusedItem extends UnsentItem {
	readonly reason: string;
	readonly changes: readonly ChangeText[];
	/** The fields to be settled first: somebody else was first. */
	readonly conflicts: readonly RefusedConflict[];
}

/** The chosen value of two, and the other one of them. */
interface Choice {
	readonly keep: Keep;
	readonly theirs: Json;
}

/** The changes that are not at the school yet, and those that it did not accept (product.md 54). */
export class UnsentWork {
	readonly #session: Session;
	readonly #outbox: Outbox;
	#refused = $state.raw<readonly Refused[]>([]);
	#loaded = $state(false);
	/** By mutation and field. */
	#choices = $state.raw<ReadonlyMap<string, Choice>>(new Map());

	constructor(session: Session) {
		this.#session = session;
		this.#outbox = new Outbox(session.replica);
	}

	get loaded(): boolean {
		return this.#loaded;
	}

	/** Oldest first. */
	readonly waiting: readonly UnsentItem[] = $derived.by(() => {
		const { state, replica } = this.#session;
		return grouped(replica.waiting).map((group) => itemOf(state, group));
	});

	readonly refused: readonly RefusedItem[] = $derived.by(() => {
		const { state } = this.#session;
		return grouped(this.#refused).flatMap((group) => {
			const [first] = group;
			if (!first) return [];
			const reason = refusalText(first.refusal, state);
			const changes = eachOnce(
				group.flatMap(({ mutation, refusal }) => {
					const typed = mutationChanges(mutation);
					return typed.length > 0 ? typed : refusalChanges(refusal);
				})
			);
			const conflicts = group
				.flatMap((refused) => conflictsOf(refused, state))
				.filter((conflict) => this.#choiceOf(conflict) === null);
			return [{ ...itemOf(state, group), reason, changes, conflicts }];
		});
	});

	/** Reads the refused changes; again after every answer. */
	async load(): Promise<Result<void, VaultFailure>> {
		const history = await this.#session.replica.loadHistory();
		const refused = await this.#outbox.refused();
		if (refused.ok) this.#refused = refused.value;
		this.#loaded = true;
		return history.ok ? (refused.ok ? history : refused) : history;
	}

	/** *Opnieuw proberen*, as made now. */
	async retry({ uids }: RefusedItem): Promise<Result<void, CommitFailure>> {
		const { actor, today } = this.#session;
		if (!actor) return refuse({ code: 'notAllowed', index: 0 });
		const retried = await this.#outbox.retry(uids, { actor, today });
		await this.load();
		return retried;
	}

	/**
	 * Chooses for a conflict: what was typed stands, or what somebody else made of it. Once all of the
	 * item is settled, what stands is made again, and the rest goes. Returns whether something was made
	 * again.
	 */
	async settle(
		{ uids }: RefusedItem,
		conflict: RefusedConflict,
		keep: Keep
	): Promise<Result<boolean, CommitFailure>> {
		const { theirs } = conflict;
		this.#choices = new Map([...this.#choices, [keyOf(conflict), { keep, theirs }]]);
		const { actor, today } = this.#session;
		if (!actor) return refuse({ code: 'notAllowed', index: 0 });
		const settled = this.#settled(uids);
		if (settled === null) return ok(false);
		// A change that was refused for another reason stays where it is.
		const retried = await this.#outbox.retry([...settled.keys()], { actor, today }, settled);
		if (!retried.ok) this.#choices = new Map();
		await this.load();
		return retried.ok ? ok([...settled.values()].some((args) => args !== null)) : retried;
	}

	/** The arguments that follow from what was chosen, by uid; null: something is still to be chosen. */
	#settled(uids: readonly Id[]): ReadonlyMap<Id, Args | null> | null {
		const settled = new Map<Id, Args | null>();
		for (const refused of this.#refused) {
			const { mutation } = refused;
			if (!uids.includes(mutation.uid)) continue;
			const conflicts = conflictsOf(refused, this.#session.state);
			const kept = new Map<string, Keep>();
			for (const each of conflicts) {
				const choice = this.#choiceOf(each);
				if (choice === null) return null;
				kept.set(each.field, choice.keep);
			}
			const [first] = conflicts;
			if (first) settled.set(mutation.uid, settledArgs(mutation, first.record, kept));
		}
		return settled;
	}

	/** Returns the choice; null: none yet, or somebody has changed it again since. */
	#choiceOf(conflict: RefusedConflict): Choice | null {
		const choice = this.#choices.get(keyOf(conflict));
		return choice && sameJson(choice.theirs, conflict.theirs) ? choice : null;
	}

	/** *Weggooien*: what was typed goes for good. */
	async discard({ uids }: RefusedItem): Promise<Result<void, VaultFailure>> {
		const discarded = await this.#outbox.discard(uids);
		await this.load();
		return discarded;
	}
}

function keyOf({ uid, field }: RefusedConflict): string {
	return `${uid} ${field}`;
}

/** Groups mutations that were made at once, in the order of the first of each. */
function grouped<E extends { readonly mutation: Mutation }>(entries: readonly E[]): E[][] {
	const groups = new Map<Id, E[]>();
	for (const entry of entries) {
		const { batch, uid } = entry.mutation;
		const key = batch ?? uid;
		const group = groups.get(key);
		if (group) group.push(entry);
		else groups.set(key, [entry]);
	}
	return [...groups.values()];
}

function itemOf(
	state: Session['state'],
	group: readonly { readonly mutation: Mutation }[]
): UnsentItem {
	const mutations = group.map(({ mutation }) => mutation);
	// The cards that are printed with something are not what it was for.
	const main = mutations.find(({ name }) => partOf(name) !== 'paper') ?? mutations[0];
	if (!main) throw new Error('a group without entries');
	const subjects = new Map(
		mutations.flatMap((mutation) => {
			const subject = mutationSubject(state, mutation);
			return subject ? [[subject.id, subject]] : [];
		})
	);
	const [only] = subjects.values();
	return {
		key: main.batch ?? main.uid,
		uids: mutations.map(({ uid }) => uid),
		mutation: main.name,
		what: mutationText(state, main),
		subject: subjects.size === 1 ? (only ?? null) : null,
		at: main.madeAt
	};
}

/** A whole class renewed at once says of each pupil the same. */
function eachOnce(changes: readonly ChangeText[]): readonly ChangeText[] {
	return [...new Map(changes.map((change) => [JSON.stringify(change), change])).values()];
}
