import type { Secrets } from '#lib/domain/credentials/secret.ts';
import type { Actor } from '#lib/domain/kernel/actor.ts';
import type { Mutation } from '#lib/domain/kernel/mutation.ts';
import type { IsoDate } from '#lib/domain/kernel/ids.ts';
import { pageBytes } from './pages.ts';

/** A mutation to commit, with the passwords that travel beside it. */
export interface Proposal {
	readonly mutation: Mutation;
	readonly secrets?: Secrets | undefined;
}

/**
 * An outbox entry. Its actor and its date are kept, so that a replay next year, or after the actor
 * lost a right, still ends in what the screen had shown.
 */
export interface Entry extends Proposal {
	readonly actor: Actor;
	readonly today: IsoDate;
}

interface RowContent {
	readonly version: 1;
	readonly contexts: readonly { readonly actor: Actor; readonly today: IsoDate }[];
	readonly entries: readonly (Proposal & { readonly context: number })[];
}

/** Cuts entries into as few outbox rows as hold them, in order, each about a page long. */
export function* packEntries(
	entries: readonly Entry[]
): Iterable<{ readonly text: string; readonly entries: readonly Entry[] }> {
	let start = 0;
	let row = new RowWriter();
	for (const [index, entry] of entries.entries()) {
		row.add(entry);
		if (row.length < pageBytes && index < entries.length - 1) continue;
		yield { text: row.text(), entries: entries.slice(start, index + 1) };
		start = index + 1;
		row = new RowWriter();
	}
}

/** The text of one outbox row with all of these entries. */
export function packRow(entries: readonly Entry[]): string {
	const row = new RowWriter();
	for (const entry of entries) row.add(entry);
	return row.text();
}

/** Writes `RowContent`; a bulk action's entries share one context. */
class RowWriter {
	length = 0;
	readonly #contexts: string[] = [];
	readonly #entries: string[] = [];

	add({ mutation, secrets, actor, today }: Entry): void {
		const made = JSON.stringify({ actor, today });
		let context = this.#contexts.indexOf(made);
		if (context < 0) context = this.#contexts.push(made) - 1;
		const text = JSON.stringify({ context, mutation, secrets });
		this.#entries.push(text);
		this.length += text.length;
	}

	text(): string {
		return `{"version":1,"contexts":[${this.#contexts.join()}],"entries":[${this.#entries.join()}]}`;
	}
}

/** Takes back `packRow`. */
export function unpackEntries(text: string): Entry[] {
	const { contexts, entries } = JSON.parse(text) as RowContent;
	return entries.map(({ context, mutation, secrets }) => {
		const made = contexts[context];
		if (!made) throw new Error('an outbox entry without a context');
		return { mutation, secrets, ...made };
	});
}
