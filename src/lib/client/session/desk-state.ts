import type { Session } from './session.svelte.ts';

/** A thing that the desk can keep. */
interface Keepable {
	/** Called when the session ends: nothing of the school may be reachable or at work after it. */
	dispose(): void;
}

/**
 * Names something that the desk keeps from page to page, and says how it is made. Each flow has one,
 * in its own file: `export const joinSchool = new DeskKey((session) => new JoinSchool(session))`.
 */
export class DeskKey<Thing extends Keepable> {
	readonly make: (session: Session) => Thing;

	constructor(make: (session: Session) => Thing) {
		this.make = make;
	}
}

/** The things that the desk keeps from page to page, while its session lasts. It knows no flow. */
export class DeskState {
	readonly #session: Session;
	readonly #things = new Map<DeskKey<Keepable>, Keepable>();
	#disposed = false;

	constructor(session: Session) {
		this.#session = session;
	}

	/**
	 * Returns what is kept under a key, and makes it when it is first asked for. Call it while a
	 * component is made.
	 * @throws when the session has ended
	 */
	keep<Thing extends Keepable>(key: DeskKey<Thing>): Thing {
		if (this.#disposed) throw new Error('the session of this desk has ended');
		const kept = this.#things.get(key) as Thing | undefined;
		if (kept) return kept;
		const made = key.make(this.#session);
		this.#things.set(key, made);
		return made;
	}

	/** Ends the session's things. */
	dispose(): void {
		this.#disposed = true;
		for (const thing of this.#things.values()) thing.dispose();
		this.#things.clear();
	}
}
