import type { Secrets } from '#lib/domain/credentials/secret.ts';
import type { Actor } from '#lib/domain/kernel/actor.ts';
import type { ArgsOf, MutationName } from '#lib/domain/registry/mutations.ts';
import type { Id, Instant } from '#lib/domain/kernel/ids.ts';
import { run } from '#lib/domain/registry/run.ts';
import { SchoolState } from '#lib/domain/registry/state.ts';
import type { Entry } from '#lib/vault/pages/entry.ts';
import { idOf } from '../support/cast.ts';

export interface MadeBy {
	readonly actor: Actor;
	readonly batch?: Id | undefined;
	readonly secrets?: Secrets | undefined;
}

/** Makes mutations one minute after the other, over a school of its own with all of its history. */
export class Story {
	readonly state = new SchoolState();
	readonly entries: Entry[] = [];
	#now = Date.parse('2026-11-19T08:00:00.000Z');

	/** When the next mutation is made. */
	get at(): Instant {
		return new Date(this.#now).toISOString();
	}

	pass(hours: number): void {
		this.#now += hours * 3_600_000;
	}

	/** Returns its uid. Throws where the rules refuse: what is made up has no excuse. */
	make<Name extends MutationName>(name: Name, args: ArgsOf<Name>, by: MadeBy): Id {
		const { actor, batch = null, secrets } = by;
		const uid = idOf(`uid/${this.entries.length}`);
		const mutation = { name, args, uid, batch, actorId: actor.id, madeAt: this.at };
		const today = this.at.slice(0, 10);
		const result = run(this.state, mutation, { actor, today });
		if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.refusal)}`);
		this.state.apply(result.value);
		this.entries.push({ mutation, secrets, actor, today });
		this.pass(1 / 60);
		return uid;
	}
}
