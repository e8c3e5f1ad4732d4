import type { MutationName } from '#lib/domain/registry/mutations.ts';
import { mutationNames } from './deeds/commands.ts';

/** How often each mutation was taken and refused. */
export class Tally {
	readonly #taken = new Map<string, number>();
	readonly #refused = new Map<string, number>();

	note(name: string, isTaken: boolean): void {
		const counts = isTaken ? this.#taken : this.#refused;
		counts.set(name, (counts.get(name) ?? 0) + 1);
	}

	/** Adds what another has counted. */
	add(counts: ReturnType<Tally['counts']>): void {
		for (const [name, taken, refused] of counts) {
			this.#taken.set(name, (this.#taken.get(name) ?? 0) + taken);
			this.#refused.set(name, (this.#refused.get(name) ?? 0) + refused);
		}
	}

	/** Of every mutation that there is, those that never came too. */
	counts(): (readonly [name: MutationName, taken: number, refused: number])[] {
		return mutationNames.map((name) => {
			return [name, this.#taken.get(name) ?? 0, this.#refused.get(name) ?? 0];
		});
	}
}
