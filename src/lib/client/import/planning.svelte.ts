import { newId } from '#lib/crypto/random.ts';
import {
	choicesForAll,
	reasonOf,
	type Choice,
	type Decisions,
	type Doubt,
	type DoubtReason,
	type ImportPlan
} from '#lib/domain/import/plan.ts';
import { Comparison } from '#lib/domain/import/holders/comparison.ts';
import type { Roster } from '#lib/domain/import/roster.ts';
import { ImportDecisions } from './decisions.svelte.ts';
import { planInSlices } from './planner.ts';
import type { Session } from '../session/session.svelte.ts';

/** Milliseconds after the last decision until the plan is made again. */
const replanDelay = 120;

/** The plan of importing a roster, made again with each decision on a doubt. */
export class ImportPlanning {
	readonly roster: Roster;
	readonly #session: Pick<Session, 'state' | 'version' | 'today'>;
	readonly #onDecided: () => void;
	readonly #decisions: ImportDecisions;
	#plan = $state.raw<ImportPlan | null>(null);
	#whole = $state(false);
	/** Of the school as it is at a version. */
	#compared: { readonly comparison: Comparison; readonly version: number } | null = null;
	#replanning: AbortController | null = null;
	#timer: ReturnType<typeof setTimeout> | undefined;

	/** @param onDecided Told of every decision. */
	constructor(
		session: Pick<Session, 'state' | 'version' | 'today'>,
		roster: Roster,
		options: {
			readonly whole: boolean;
			readonly decisions: Decisions;
			readonly onDecided: () => void;
		}
	) {
		this.#session = session;
		this.roster = roster;
		this.#whole = options.whole;
		this.#decisions = new ImportDecisions(options.decisions);
		this.#onDecided = options.onDecided;
	}

	/** As it was before the decisions of the last moment, which `choiceOf` has; null: not yet made. */
	get plan(): ImportPlan | null {
		return this.#plan;
	}

	/** The file is the whole school: who is not in it, has left. */
	get whole(): boolean {
		return this.#whole;
	}

	get decisions(): Decisions {
		return this.#decisions.toPlan.all;
	}

	setWhole(whole: boolean): void {
		this.#whole = whole;
		this.#changed();
	}

	/** Returns the decision on a doubt, one that was just made included. */
	choiceOf(doubt: Doubt): Choice | null {
		return this.#decisions.choiceOf(doubt);
	}

	/** Decides doubts; null takes the decision back. */
	decide(doubts: readonly Pick<Doubt, 'id'>[], choice: Choice | null): void {
		this.#decisions.decide(doubts, choice);
		this.#changed();
	}

	/** Makes the same decision for every open doubt of a reason that offers it; returns how many. */
	decideAll(reason: DoubtReason, choice: Choice): number {
		const doubts = (this.#plan?.people ?? [])
			.flatMap((person) => person.doubts)
			.filter((doubt) => reasonOf(doubt) === reason && choicesForAll(doubt).includes(choice))
			.filter((doubt) => this.choiceOf(doubt) === null);
		this.decide(doubts, choice);
		return doubts.length;
	}

	/**
	 * Makes the plan with all that was decided, on the school as it is now; null: aborted.
	 *
	 * @param onProgress rows planned so far
	 */
	async make(signal: AbortSignal, onProgress?: (done: number) => void): Promise<ImportPlan | null> {
		this.stop();
		const { roster } = this;
		const { all: decisions, planned } = this.#decisions.toPlan;
		for (;;) {
			const { state, version, today } = this.#session;
			const options = { today, newId, whole: this.#whole, decisions };
			const comparison = this.#comparison();
			const plan = await planInSlices({ state, roster, options }, comparison, signal, onProgress);
			if (!plan) return null;
			// Another tab may have changed the school meanwhile.
			if (version !== this.#session.version) continue;
			planned();
			this.#plan = plan;
			return plan;
		}
	}

	/** Returns the part of a plan that no decision changes, kept until the school changes. */
	#comparison(): Comparison {
		const { state, version } = this.#session;
		const held = this.#compared;
		if (held?.version === version && held.comparison.state === state) return held.comparison;
		const comparison = new Comparison({ state, roster: this.roster });
		this.#compared = { comparison, version };
		return comparison;
	}

	/** Ends the planning that a decision began. */
	stop(): void {
		clearTimeout(this.#timer);
		this.#replanning?.abort();
		this.#replanning = null;
	}

	#changed(): void {
		this.#onDecided();
		this.stop();
		this.#timer = setTimeout(() => {
			const abort = new AbortController();
			void this.make(abort.signal);
			this.#replanning = abort;
		}, replanDelay);
	}
}
