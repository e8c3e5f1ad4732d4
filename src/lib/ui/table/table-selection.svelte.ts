/**
 * The rows a person has ticked, by id. They stay ticked when a filter hides them, so that a selection
 * can be gathered from several filters; `hidden` says how many those are.
 */
export class TableSelection {
	#ids = $state.raw<ReadonlySet<string>>(new Set());
	/** Where a range starts, what a range does, and what was ticked before it. */
	#anchor: { id: string; on: boolean; before: ReadonlySet<string> } | null = null;

	get ids(): ReadonlySet<string> {
		return this.#ids;
	}

	get count(): number {
		return this.#ids.size;
	}

	has(id: string): boolean {
		return this.#ids.has(id);
	}

	/** Ticks or unticks one row, from which a range may then start. */
	toggle(id: string): void {
		const on = !this.#ids.has(id);
		const before = this.#ids;
		this.#anchor = { id, on, before };
		this.#ids = changed(before, [id], on);
	}

	/**
	 * From the row last ticked or unticked to this one, in the order shown, does what was done there.
	 * A further range from there replaces this one. Without such a row in sight, ticks this one.
	 */
	extend(order: readonly string[], id: string): void {
		const from = this.#anchor ? order.indexOf(this.#anchor.id) : -1;
		const to = order.indexOf(id);
		if (to < 0) return;
		if (!this.#anchor || from < 0) {
			this.#anchor = { id, on: true, before: this.#ids };
			this.#ids = changed(this.#ids, [id], true);
			return;
		}
		const range = order.slice(Math.min(from, to), Math.max(from, to) + 1);
		this.#ids = changed(this.#anchor.before, range, this.#anchor.on);
	}

	/** Ticks the row that a range is to start from, as shift and an arrow key do. */
	startRange(id: string): void {
		if (this.#anchor) return;
		this.#anchor = { id, on: true, before: this.#ids };
		this.#ids = changed(this.#ids, [id], true);
	}

	/** Moving without shift: the next range starts anew. */
	endRange(): void {
		this.#anchor = null;
	}

	/** Ticks all rows given, or unticks them; others stay as they are. */
	setAll(order: readonly string[], on: boolean): void {
		this.#anchor = null;
		this.#ids = changed(this.#ids, order, on);
	}

	clear(): void {
		this.#anchor = null;
		if (this.#ids.size > 0) this.#ids = new Set();
	}

	/** Forgets rows that are no more. */
	keep(exists: (id: string) => boolean): void {
		const kept = [...this.#ids].filter(exists);
		if (kept.length < this.#ids.size) this.#ids = new Set(kept);
	}

	/** How much of what is shown is ticked. */
	stateOf(order: readonly string[]): 'none' | 'some' | 'all' {
		if (this.#ids.size === 0 || order.length === 0) return 'none';
		const shown = this.#shown(order);
		return shown === 0 ? 'none' : shown === order.length ? 'all' : 'some';
	}

	/** How many ticked rows are not shown. */
	hidden(order: readonly string[]): number {
		return this.#ids.size - this.#shown(order);
	}

	#shown(order: readonly string[]): number {
		return order.reduce((sum, id) => sum + (this.#ids.has(id) ? 1 : 0), 0);
	}
}

function changed(
	before: ReadonlySet<string>,
	ids: readonly string[],
	on: boolean
): ReadonlySet<string> {
	const after = new Set(before);
	for (const id of ids) {
		if (on) after.add(id);
		else after.delete(id);
	}
	return after;
}
