import type { Secrets } from '#lib/domain/credentials/secret.ts';
import type { Actor } from '#lib/domain/kernel/actor.ts';
import type { Mutation } from '#lib/domain/kernel/mutation.ts';
import type { ArgsOf, MutationName } from '#lib/domain/registry/mutations.ts';
import type { Id, Instant, IsoDate } from '#lib/domain/kernel/ids.ts';
import type { School } from '#lib/domain/school/kinds.ts';
import { run } from '#lib/domain/registry/run.ts';
import { SchoolState } from '#lib/domain/registry/state.ts';
import { momentOn } from './calendar.ts';
import type { Random } from './random.ts';

/** One mutation of the demo school, with who made it and when. */
export interface DemoStep {
	readonly mutation: Mutation;
	/** The password that travels beside it. */
	readonly secrets?: Secrets;
	readonly actor: Actor;
	readonly today: IsoDate;
}

export interface MadeBy {
	readonly actor: Actor;
	readonly at: Instant;
	readonly batch?: Id;
	readonly secrets?: Secrets;
}

/** Something that happens at a moment, and reads the school as it is by then. */
export interface Happening {
	readonly at: Instant;
	readonly tell: (story: Story) => void;
}

/** Something on a day, a number of minutes after midnight UTC. */
export function happening(
	day: IsoDate,
	minutes: number,
	tell: (story: Story, at: Instant) => void
): Happening {
	const at = momentOn(day, minutes);
	return { at, tell: (story) => tell(story, at) };
}

/** Makes mutations over a school of its own, so that each is one that the rules accept. */
export class Story {
	readonly state = new SchoolState();
	readonly steps: DemoStep[] = [];
	readonly random: Random;

	constructor(random: Random) {
		this.random = random;
	}

	get school(): School {
		for (const school of this.state.all('school')) return school;
		throw new Error('No school yet');
	}

	/** Throws where the rules refuse: a made-up history has no excuse. */
	make<Name extends MutationName>(name: Name, args: ArgsOf<Name>, by: MadeBy): void {
		const { actor, at: madeAt, batch = null, secrets } = by;
		const uid = this.random.id();
		const mutation: Mutation = { name, args, uid, batch, actorId: actor.id, madeAt };
		const today = madeAt.slice(0, 10);
		const result = run(this.state, mutation, { actor, today });
		if (!result.ok) throw new Error(`${name} ${madeAt}: ${JSON.stringify(result.refusal)}`);
		const { puts, removes } = result.value;
		// Nothing here reads history, and it is half of all records.
		this.state.apply({ puts: puts.filter(({ kind }) => kind !== 'history'), removes });
		this.steps.push({ mutation, ...(secrets && { secrets }), actor, today });
	}

	/** Tells them in the order in which they happen. */
	tell(happenings: readonly Happening[]): void {
		const inOrder = [...happenings].sort((one, other) => (one.at < other.at ? -1 : 1));
		for (const { tell } of inOrder) tell(this);
	}
}
