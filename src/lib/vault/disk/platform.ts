import type { PasswordCost } from '#lib/crypto/argon2.ts';
import { passwordCost, type Argon2WorkerFactory } from '#lib/crypto/password-key.ts';
import { vaultPrefix } from './presence.ts';

/** The things that a vault asks of the browser; handed in so that tests can stand in for it. */
export interface Platform {
	readonly indexedDB: IDBFactory;
	readonly IDBKeyRange: typeof IDBKeyRange;
	readonly locks: LockManager;
	/** Milliseconds since 1970. */
	readonly now: () => number;
	/** Left out, passwords are derived on the calling thread. */
	readonly argon2Worker?: Argon2WorkerFactory | undefined;
	readonly passwordCost: PasswordCost;
	/** Begins the name of every database, lock and channel. */
	readonly prefix: string;
}

export function browserPlatform(argon2Worker: Argon2WorkerFactory): Platform {
	return {
		indexedDB,
		IDBKeyRange,
		locks: navigator.locks,
		now: Date.now,
		argon2Worker,
		passwordCost,
		prefix: vaultPrefix
	};
}

/**
 * Asks the browser not to evict this site's storage. Returns whether it promised; false where it
 * cannot (WebKitGTK) or will not.
 */
export async function requestPersistence(): Promise<boolean> {
	const storage: Partial<StorageManager> | undefined = navigator.storage;
	if (!storage?.persist) return false;
	return (await storage.persisted?.()) || (await storage.persist());
}
