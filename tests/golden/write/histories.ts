import { actorFor } from '#lib/domain/accounts/actors.ts';
import type { MutationName } from '#lib/domain/registry/mutations.ts';
import type { AnyRecord, History, RecordChange } from '#lib/domain/registry/records.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import type { Kind } from '#lib/domain/registry/kinds.ts';
import { run } from '#lib/domain/registry/run.ts';
import { SchoolState } from '#lib/domain/registry/state.ts';
import { idOf } from '../support/cast.ts';
import { allOf, kindsIn, mutationsIn } from '../support/kinds.ts';
import type { GoldenHistory } from '../support/shapes.ts';
import { administrator } from './accounts.ts';
import type { Story } from './story.ts';

/** Returns what the school's history says, and what comes of undoing it. */
export function historyOf(story: Story, version: number): GoldenHistory {
	const history = [...story.state.all('history')];
	const entriesOf = (name: MutationName) => history.filter(({ mutation }) => mutation === name);
	return {
		version,
		at: story.at,
		records: allOf(story.state),
		entries: byName(mutationsIn(1), entriesOf),
		removals: byName(kindsIn(1), (kind) => removalOf(story, kind)),
		undone: undoRemovals(story)
	};
}

function byName<Name extends string, T>(
	names: readonly Name[],
	of: (name: Name) => T
): Record<Name, T> {
	return Object.fromEntries(names.map((name) => [name, of(name)])) as Record<Name, T>;
}

/** As a mutation wrote it; of kinds that none removes, as one would. */
function removalOf({ state, at }: Story, kind: Kind): History {
	for (const entry of state.all('history')) {
		const change = entry.changes.find((each) => each.op === 'remove' && each.kind === kind);
		if (change) return { ...entry, changes: [change] };
	}
	const [before] = state.all(kind) as Iterable<AnyRecord>;
	if (!before) throw new Error(`The school has no ${kind}`);
	const { id } = before;
	const change: RecordChange = { op: 'remove', kind, id, before };
	const uid = idOf(`uid/removal/${kind}`);
	return {
		kind: 'history',
		id: `${uid}-0`,
		uid,
		batch: null,
		mutation: 'account.edit@1',
		actorId: administrator.id,
		madeAt: at,
		undoes: null,
		subjectId: id,
		changes: [change]
	};
}

function undoRemovals(story: Story): GoldenHistory['undone'] {
	const state = new SchoolState(allOf(story.state));
	const today = story.at.slice(0, 10);
	return removersOf(story).map((uid) => {
		// Nobody else may do again what a pupil took back.
		const [entry] = state.find('historyByUid', uid);
		const actor = actorFor(entry?.actorId ?? '', state, today);
		if (!actor) throw new Error('Nobody');
		const mutation = {
			name: 'change.undo@1',
			args: { uid, except: [] },
			uid: idOf(`uid/undo/${uid}`),
			batch: null,
			actorId: actor.id,
			madeAt: story.at
		};
		const result = run(state, mutation, { actor, today });
		if (!result.ok) return { uid, refusal: result.refusal };
		state.apply(result.value);
		return { uid, refusal: null };
	});
}

function removersOf({ state }: Story): Id[] {
	const removing = [...state.all('history')].filter(({ changes }) =>
		changes.some(({ op }) => op === 'remove')
	);
	removing.sort((one, other) => (one.madeAt < other.madeAt ? 1 : -1));
	return [...new Set(removing.map(({ uid }) => uid))];
}
