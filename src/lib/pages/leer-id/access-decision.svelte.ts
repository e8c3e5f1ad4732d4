import { Action } from '#lib/client/form/action.svelte.ts';
import { Conflict, type FromTo, type Wanted } from '#lib/client/form/conflict.svelte.ts';
import { command, type Session } from '#lib/client/session/session.svelte.ts';
import { fullNameOf } from '#lib/domain/people/names.ts';
import type { Instant } from '#lib/domain/kernel/ids.ts';
import type { Pupil } from '#lib/domain/people/kinds.ts';
import { m } from '#lib/i18n/paraglide/messages.js';

/**
 * The decision that the administration records on a pupil's consent: over the one that stood when
 * the form was opened. A decision of the pupil meanwhile is not passed over unseen.
 */
export class AccessDecision {
	consent = $state('');
	/** Whether guardians may see the pupil's data, as it will be. */
	readonly allowed: boolean;
	readonly action: Action;
	readonly conflict: Conflict;
	readonly #session: Session;
	readonly #pupil: Pupil;
	/** When the decision was made that it is recorded over. */
	#seen = $state<Instant | null>(null);
	#stands = $state(true);

	constructor(session: Session, pupil: Pupil) {
		this.#session = session;
		this.#pupil = pupil;
		const access = session.state.get('guardianAccess', pupil.id);
		this.allowed = !(access?.allowed ?? false);
		this.#seen = access?.decidedAt ?? null;
		this.action = new Action(session);
		this.conflict = new Conflict(session, {
			record: () => session.state.get('guardianAccess', pupil.id),
			wanted: () => this.#wanted(),
			settle: (_, change) => this.#settle(change)
		});
	}

	/** Whether there is still something to record. */
	get stands(): boolean {
		return this.#stands;
	}

	/** *Vastleggen*. Returns whether it was recorded. */
	async save(): Promise<boolean> {
		const { allowed, consent } = this;
		const { id: pupilId } = this.#pupil;
		const decision = command('guardianAccess.record@1', {
			pupilId,
			allowed,
			consent,
			seen: this.#seen
		});
		return this.action.run(() => this.#session.commit([decision]), {
			done: m.account_access_done({ name: fullNameOf(this.#pupil) }),
			settles: (failure) => this.conflict.takes(failure)
		});
	}

	/** A decision is made now, over the one that was seen. */
	#wanted(): Wanted {
		return this.#stands ? { decidedAt: [this.#seen, 'now'] } : {};
	}

	#settle(change: FromTo | null): void {
		if (change === null) this.#stands = false;
		else this.#seen = typeof change[0] === 'string' ? change[0] : null;
	}
}
