import type { Replica } from '#lib/vault/replica/replica.ts';

/** Tells whether a school is in memory; before the first answer of a server there is none. */
export function isHere({ state }: Replica): boolean {
	const [school] = state.all('school');
	return school !== undefined;
}

/** Starts something once the school is in memory, which may be now. Returns how to stop. */
export function whenHere(replica: Replica, start: () => () => void): () => void {
	let stop = () => {};
	const look = () => {
		if (!isHere(replica)) return;
		stop();
		stop = start();
	};
	stop = replica.subscribe(look);
	look();
	return () => stop();
}
