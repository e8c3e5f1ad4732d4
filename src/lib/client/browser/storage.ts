/** Tells whether the browser promised to keep what is here; null: it has no say in it. */
export async function storageIsKept(): Promise<boolean | null> {
	const storage: Partial<StorageManager> | undefined = navigator.storage;
	return (await storage?.persisted?.()) ?? null;
}

/** Asks the browser for that promise; Firefox asks whoever sits there. */
export async function askToKeepStorage(): Promise<boolean> {
	const { requestPersistence } = await import('#lib/vault/disk/platform.ts');
	return requestPersistence();
}
