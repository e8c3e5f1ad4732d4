import { onMount } from 'svelte';
import { sameJson } from '#lib/domain/kernel/json.ts';
import type { Instant, Json } from '#lib/domain/kernel/ids.ts';
import type { Drafts } from '#lib/vault/device/drafts.ts';
import type { Session } from '../session/session.svelte.ts';

/** A thing that somebody types in: a form, a dialog, a selection. */
export interface Drafted<T extends Json> {
	/** The input that would be lost now, without any password; null: nothing. Reactive. */
	readonly draft: T | null;
	/** Puts back what was kept. */
	restore(draft: T): void;
}

export type DraftStore = Pick<Drafts, 'get' | 'set' | 'remove' | 'beforeClose'>;

/** Ms after the last change until it is written: often enough, and not with every key. */
const restMs = 200;

/** Keeps what is typed somewhere in the vault, so that a lock or a reload loses none of it. */
export class Draft<T extends Json> {
	readonly #store: DraftStore;
	readonly #key: string;
	readonly #form: Drafted<T>;
	readonly #before: Instant | undefined;
	/** As it is in the vault; undefined: not known yet, so nothing may be written over it. */
	#kept: Json | undefined;
	#discarded = false;
	/** How many writes are not yet on the disk. */
	#writing = 0;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#restored = $state(false);
	#opened = $state(false);

	/** @param before what was kept later is another tab's to finish, and is not put back */
	constructor(store: DraftStore, key: string, form: Drafted<T>, before?: Instant) {
		this.#before = before;
		this.#store = store;
		this.#key = key;
		this.#form = form;
	}

	/** The kept draft, if there was one, has been put back. */
	get opened(): boolean {
		return this.#opened;
	}

	/** The text on the screen was typed before a lock or reload. */
	get restored(): boolean {
		return this.#restored;
	}

	/** Puts back what was kept, unless something else was typed already. */
	async open(): Promise<void> {
		const kept = await this.#store.get(this.#key, this.#before);
		if (this.#discarded) return;
		this.#kept = kept;
		if (kept !== null && this.#form.draft === null) {
			this.#form.restore(kept as T);
			// A draft that no longer differs from the school's own data is nothing to come back to.
			this.#restored = this.#form.draft !== null;
		}
		this.#opened = true;
		this.note();
	}

	/** Something may have been typed: writes it once the typing rests, and at once that it is nothing. */
	note(): void {
		if (this.#kept === undefined) return;
		clearTimeout(this.#timer);
		if (this.#form.draft === null) this.flush();
		else this.#timer = setTimeout(() => this.flush(), restMs);
	}

	/** Writes what is not yet written. */
	flush(): void {
		clearTimeout(this.#timer);
		const { draft } = this.#form;
		if (this.#discarded || this.#kept === undefined || sameJson(this.#kept, draft)) return;
		this.#kept = draft;
		if (draft === null) {
			this.#restored = false;
			void this.#store.remove(this.#key);
		} else {
			// A full device is told where something is saved; what was typed is still on the screen.
			this.#writing++;
			void this.#store.set(this.#key, draft).finally(() => this.#writing--);
		}
	}

	/** Throws away what was typed, for good: nothing is written after it. */
	discard(): void {
		clearTimeout(this.#timer);
		this.#discarded = true;
		void this.#store.remove(this.#key);
	}

	/** Writes at a lock and when the page goes. Returns how to stop; fit for an effect. */
	watch(): () => void {
		const flush = () => this.flush();
		const warn = (event: Event) => {
			flush();
			// A page that goes waits for no write; the browser's own question does.
			if (this.#writing > 0) event.preventDefault();
		};
		const stop = this.#store.beforeClose(flush);
		addEventListener('beforeunload', warn);
		addEventListener('pagehide', flush);
		document.addEventListener('visibilitychange', flush);
		return () => {
			flush();
			stop();
			removeEventListener('beforeunload', warn);
			removeEventListener('pagehide', flush);
			document.removeEventListener('visibilitychange', flush);
		};
	}
}

/**
 * Keeps a form's draft for as long as a component is there: call it while the component is made. It
 * is there again when the component next is, and goes when the form is saved or `discard`ed.
 * @param key names form and record: `settings`, `adjust/ID`.
 */
export function keepDraft<T extends Json>(
	session: Session,
	key: string,
	form: Drafted<T>
): Draft<T> {
	const draft = new Draft(session.vault.drafts, key, form, session.openedAt);
	onMount(() => {
		void draft.open();
		return draft.watch();
	});
	$effect(() => noteChanges(form, draft));
	return draft;
}

export interface HeldDraft {
	readonly draft: Pick<Draft<never>, 'opened'>;
	/** Writes what is not yet written, and stops. */
	release(): void;
}

/** The same for what outlives the component that makes it: until it is released. */
export function holdDraft<T extends Json>(
	session: Session,
	key: string,
	form: Drafted<T>
): HeldDraft {
	const draft = new Draft(session.vault.drafts, key, form, session.openedAt);
	const unwatch = draft.watch();
	const stop = $effect.root(() => {
		$effect(() => noteChanges(form, draft));
	});
	void draft.open();
	return {
		draft,
		release: () => {
			stop();
			unwatch();
		}
	};
}

/** Reads what is typed, so that the effect around it runs again when it changes. */
function noteChanges<T extends Json>(form: Drafted<T>, draft: Draft<T>): void {
	if (form.draft !== undefined) draft.note();
}

/** Tells whether a form has something to come back to. */
export async function hasDraft(session: Session, key: string): Promise<boolean> {
	return (await session.vault.drafts.get(key, session.openedAt)) !== null;
}
