import type { Replica } from './replica.ts';

/** From so many waiting mutations on, a pause in the work is used to fold them. */
const worthFolding = 200;
/** Milliseconds without a change that count as a pause. */
const pause = 3000;

/**
 * Folds a school without a server now and then: soon after opening, and in a pause after much work.
 * Returns how to stop.
 */
export function foldInPauses(replica: Replica): () => void {
	const fold = () => void replica.fold();
	let timer = setTimeout(fold, pause);
	const unsubscribe = replica.subscribe(() => {
		if (replica.waiting.length < worthFolding) return;
		clearTimeout(timer);
		timer = setTimeout(fold, pause);
	});
	return () => {
		clearTimeout(timer);
		unsubscribe();
	};
}
