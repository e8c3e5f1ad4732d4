import type { Id } from '#lib/domain/kernel/ids.ts';
import { countTry, judgeFailure, type Try } from '../limits/sign-in-limits.ts';
import { addDue } from '../store/due.ts';
import type { Seen } from '../sync/schools.ts';
import { schoolIn } from './person.ts';
import { no, type AccountTools, type Answer } from './tools.ts';

/** Work that follows from wrong passwords, which the answer to the request does not wait for. */
export const blockKind = 'block';
export const manyFailuresKind = 'manyFailures';

/** Of what `blockKind` holds. */
export interface BlockWork {
	/** An account's id, or what `tryOf` made of a name that nobody has. */
	readonly subject: string;
}

export interface ManyFailuresWork {
	readonly count: number;
}

/** Below this no school is under attack: a class with new passwords mistypes as much. */
const leastBudget = 300;

/**
 * How a try counts. A name that nobody has counts under its keyed hash, so that it delays and blocks
 * just as an account does.
 */
export function tryOf(
	{ keys, now }: AccountTools,
	{ state, tx }: Seen,
	{
		name,
		account,
		address
	}: { readonly name: string; readonly account: Id | null; readonly address: string }
): Try {
	const typed = name.trim().toLowerCase();
	return {
		subject: account ?? `name:${keys.mac('userName', `${tx.school} ${typed}`)}`,
		address: keys.mac('address', address),
		known: false,
		blockAfter: schoolIn(state).failuresBeforeBlock,
		budget: Math.max(leastBudget, [...state.all('account'), ...state.all('leerId')].length),
		now: now()
	};
}

/** Counts a try before its password is looked at. Returns why it is not heard; null: go on. */
export async function countedTry(
	{ store }: AccountTools,
	school: Id,
	tried: Try
): Promise<Answer<never> | null> {
	const verdict = await store.write(school, (tx) => countTry(tx, tried));
	if (verdict.kind === 'go') return null;
	return verdict.kind === 'wait' ? no('wait', verdict.seconds) : no('blocked');
}

/** The password was wrong: says so, and leaves what follows from it to the worker. */
export async function failedTry(
	{ store, due }: AccountTools,
	school: Id,
	tried: Try
): Promise<Answer<never>> {
	const at = tried.now.toISOString();
	const { blocks } = await store.write(school, async (tx) => {
		const failure = await judgeFailure(tx, tried);
		if (failure.blocks) {
			const body: BlockWork = { subject: tried.subject };
			await addDue(tx, { kind: blockKind, body, at });
		}
		if (failure.overBudget !== null) {
			const body: ManyFailuresWork = { count: failure.overBudget };
			await addDue(tx, { kind: manyFailuresKind, body, at });
		}
		return failure;
	});
	due.poke();
	return no(blocks ? 'blocked' : 'wrongPassword');
}
