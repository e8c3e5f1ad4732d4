import type { Tone } from '../look/tone.ts';

export interface ToastAction {
	/** *Ongedaan maken*. */
	readonly label: string;
	readonly run: () => void;
}

export interface Toast {
	readonly id: number;
	readonly text: string;
	readonly tone: Tone;
	readonly action: ToastAction | null;
}

interface Timer {
	handle: ReturnType<typeof setTimeout> | null;
	startedAt: number;
	left: number;
}

/** How long a toast stays, in ms: longer when it holds something to press. */
const stay = 8_000;
const stayWithAction = 12_000;
/** After a pause it stays at least this long. */
const stayAfterPause = 3_000;
/** As many as can be read at once; the oldest goes. */
const most = 4;

/** Short messages about what has been done. They go by themselves, but never while looked at. */
export class ToastList {
	#items = $state.raw<readonly Toast[]>([]);
	readonly #timers = new Map<number, Timer>();
	#last = 0;
	#paused = false;

	get items(): readonly Toast[] {
		return this.#items;
	}

	/** Shows a message; returns its id. */
	show(text: string, more: { tone?: Tone; action?: ToastAction } = {}): number {
		const id = ++this.#last;
		const toast = { id, text, tone: more.tone ?? 'info', action: more.action ?? null };
		const kept = this.#items.slice(-(most - 1));
		for (const { id: gone } of this.#items.slice(0, -(most - 1))) this.#forget(gone);
		this.#items = [...kept, toast];
		this.#timers.set(id, {
			handle: null,
			startedAt: 0,
			left: toast.action ? stayWithAction : stay
		});
		if (!this.#paused) this.#start(id);
		return id;
	}

	dismiss(id: number): void {
		this.#forget(id);
		this.#items = this.#items.filter((toast) => toast.id !== id);
	}

	/** Takes all away, as locking does: a message may name a pupil. */
	clear(): void {
		for (const { id } of this.#items) this.#forget(id);
		this.#items = [];
	}

	/** Presses the button of a toast; it goes, so that nobody presses twice. */
	act(toast: Toast): void {
		this.dismiss(toast.id);
		toast.action?.run();
	}

	/** While the pointer or the focus is on them. */
	pause(): void {
		if (this.#paused) return;
		this.#paused = true;
		for (const timer of this.#timers.values()) {
			if (timer.handle !== null) clearTimeout(timer.handle);
			timer.handle = null;
			timer.left = Math.max(timer.left - (Date.now() - timer.startedAt), stayAfterPause);
		}
	}

	resume(): void {
		if (!this.#paused) return;
		this.#paused = false;
		for (const id of this.#timers.keys()) this.#start(id);
	}

	#start(id: number): void {
		const timer = this.#timers.get(id);
		if (!timer) return;
		timer.startedAt = Date.now();
		timer.handle = setTimeout(() => this.dismiss(id), timer.left);
	}

	#forget(id: number): void {
		const timer = this.#timers.get(id);
		if (timer && timer.handle !== null) clearTimeout(timer.handle);
		this.#timers.delete(id);
	}
}
