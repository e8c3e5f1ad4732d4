import type { Id } from '#lib/domain/kernel/ids.ts';
import type { Device } from '#lib/protocol/session.ts';
import { endDevice, readDevices } from './account-questions.ts';
import type { Asker } from '../browser/ask.ts';
import { Asking } from '../browser/asking.svelte.ts';

/** Where an account is signed in, as the server knows it. */
export class Devices {
	readonly #asking: Asking;
	#list = $state.raw<readonly Device[] | null>(null);

	constructor(by: Asker) {
		this.#asking = new Asking(by);
	}

	/** The one that asks first, then by when they were last seen; null: not known. */
	get list(): readonly Device[] | null {
		return this.#list;
	}

	get busy(): boolean {
		return this.#asking.busy;
	}

	get problem(): string | null {
		return this.#asking.problem;
	}

	async read(): Promise<void> {
		const list = await this.#asking.ask(readDevices());
		if (!list) return;
		this.#list = list.toSorted(
			(one, other) =>
				Number(other.current) - Number(one.current) || (one.seenAt < other.seenAt ? 1 : -1)
		);
	}

	/** Signs one out, or all but this one (null). Returns whether it was done. */
	async end(device: Id | null, wipe: boolean): Promise<boolean> {
		if (!(await this.#asking.ask(endDevice(device, wipe)))) return false;
		await this.read();
		return true;
	}
}
