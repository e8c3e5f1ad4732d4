import { IDBDatabase, IDBObjectStore } from 'fake-indexeddb';

/** The end of a process, with what it was about to do. Nothing it asks for after that happens. */
export class Dead extends Error {
	override readonly name = 'Dead';
}

/** How many more steps each process may take, by the name of its database. */
const fates = new Map<string, number>();

const requests = [
	'add',
	'put',
	'delete',
	'get',
	'getAll',
	'getAllKeys',
	'count',
	'openCursor'
] as const;

for (const request of requests) {
	before(IDBObjectStore.prototype, request, (store) => {
		step(store.transaction.db.name, () => store.transaction.abort());
	});
}
before(IDBDatabase.prototype, 'transaction', (database) => step(database.name));

/** Ends the process on this database after so many steps: its open transaction is taken back. */
export function dieAfter(name: string, steps: number): void {
	fates.set(name, steps);
}

export function isDead(name: string): boolean {
	return fates.get(name) === -1;
}

/** Another process opens the database. */
export function revive(name: string): void {
	fates.delete(name);
}

function step(name: string, abort?: () => void): void {
	const left = fates.get(name);
	if (left === undefined) return;
	if (left > 0) {
		fates.set(name, left - 1);
		return;
	}
	if (left === 0) abort?.();
	fates.set(name, -1);
	throw new Dead(name);
}

function before<T extends object>(
	prototype: T,
	method: keyof T & string,
	work: (self: T) => void
): void {
	const real = Reflect.get(prototype, method) as (...args: unknown[]) => unknown;
	const patched = function (this: T, ...args: unknown[]): unknown {
		work(this);
		return real.apply(this, args);
	};
	Reflect.set(prototype, method, patched);
}
