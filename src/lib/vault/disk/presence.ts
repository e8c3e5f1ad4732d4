import { patiently } from './patience.ts';

/** Begins the name of every database, lock and channel of ours. */
export const vaultPrefix = 'schoolsleutel';

/**
 * Tells whether this device may hold a school; cheap to ask, before anything that could open one is
 * loaded. A browser that cannot list its databases may.
 *
 * @throws DOMException or TypeError where nothing can be kept
 */
export async function mayHoldVaults(databases: IDBFactory = indexedDB): Promise<boolean> {
	if (!('databases' in databases)) return true;
	const found = await patiently(() => databases.databases());
	return found.some(({ name }) => name?.startsWith(`${vaultPrefix}-`));
}
