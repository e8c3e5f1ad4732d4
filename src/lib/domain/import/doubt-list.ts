import type { Choice, Decisions, Doubt } from './plan.ts';

/** A doubt before it has an id. */
export type DoubtDetails = Doubt extends infer D
	? D extends Doubt
		? Omit<D, 'id' | 'choices' | 'chosen'>
		: never
	: never;

/** The doubts about one person, with what was decided of each. */
export class DoubtList {
	readonly all: Doubt[] = [];
	readonly #key: string;
	readonly #decisions: Decisions;

	constructor(key: string, decisions: Decisions) {
		this.#key = key;
		this.#decisions = decisions;
	}

	get open(): boolean {
		return this.all.some(({ chosen }) => chosen === null);
	}

	get skipped(): boolean {
		return this.all.some(({ chosen }) => chosen === 'skip');
	}

	/**
	 * Asks, and returns what was decided; null: nothing yet. A decision that is not among the choices,
	 * or that `allows` refuses because of another row's, is none.
	 */
	ask(
		details: DoubtDetails,
		choices: readonly Choice[],
		allows: (choice: Choice) => boolean = () => true
	): Choice | null {
		const about = 'field' in details ? `:${'kind' in details ? `${details.kind}.` : ''}` : '';
		const field = 'field' in details ? details.field : '';
		const other = 'number' in details && details.code === 'childNotFound' ? details.number : '';
		const id = `${this.#key}:${details.code}${about}${field}${other}`;
		const decided = this.#decisions[id];
		const chosen = decided && choices.includes(decided) && allows(decided) ? decided : null;
		this.all.push({ ...details, id, choices, chosen });
		return chosen;
	}
}
