import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { randomBytes } from 'node:crypto';
import { Keys } from '#lib/server/base/keys.ts';
import type { Store } from '#lib/server/store/database.ts';
import { Schools } from '#lib/server/sync/schools.ts';
import type { LoadSchool } from '../../support/load-school.ts';

/** Measures what one school that is in use takes of the server's memory, in MB (10⁶ bytes). */
export async function residentMb(store: Store, schools: readonly LoadSchool[]): Promise<number> {
	const resident = new Schools({
		store,
		keys: new Keys(randomBytes(32)),
		effects: { declared: () => Promise.resolve(), own: {} },
		isGoodPassword: () => false,
		report: (error) => console.error(error),
		mostRecords: Infinity
	});
	const look = ({ id }: LoadSchool) => resident.read(id, () => Promise.resolve());
	const [first, ...others] = schools;
	// The first look makes what is made once, for whatever school.
	if (first) await look(first);
	const before = heapMb();
	for (const school of others) await look(school);
	const taken = heapMb() - before;
	resident.close();
	return taken / others.length;
}

function heapMb(): number {
	setFlagsFromString('--expose-gc');
	const collect = runInNewContext('gc') as () => void;
	collect();
	const { heapUsed, external } = process.memoryUsage();
	return (heapUsed + external) / 1e6;
}
