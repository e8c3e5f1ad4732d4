import type { Choice, Decisions, Doubt } from '#lib/domain/import/plan.ts';

/** The decisions of a person on the doubts of an import: in the plan, or since it was made. */
export class ImportDecisions {
	#planned: Decisions;
	#since = $state.raw<ReadonlyMap<string, Choice | null>>(new Map());

	constructor(decisions: Decisions = {}) {
		this.#planned = decisions;
	}

	/** Returns the decision on a doubt, one that was just made included. */
	choiceOf({ id, chosen }: Doubt): Choice | null {
		return this.#since.has(id) ? (this.#since.get(id) ?? null) : chosen;
	}

	/** null takes the decision back. */
	decide(doubts: readonly Pick<Doubt, 'id'>[], choice: Choice | null): void {
		const since = new Map(this.#since);
		for (const { id } of doubts) since.set(id, choice);
		this.#since = since;
	}

	/** All of them, to plan with; call `planned` when that plan stands. */
	get toPlan(): { readonly all: Decisions; readonly planned: () => void } {
		const since = this.#since;
		const merged = new Map<string, Choice | null>([...Object.entries(this.#planned), ...since]);
		const made = [...merged].filter((entry): entry is [string, Choice] => entry[1] !== null);
		const all = Object.fromEntries(made);
		const planned = (): void => {
			this.#planned = all;
			// Decisions made while it was being planned stay to be planned.
			if (this.#since === since) this.#since = new Map();
		};
		return { all, planned };
	}
}
