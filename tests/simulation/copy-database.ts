/** Copies a database as it is to another browser: a cloned profile. */
export async function copyDatabase(
	from: { readonly indexedDB: IDBFactory; readonly name: string },
	to: { readonly indexedDB: IDBFactory; readonly name: string }
): Promise<void> {
	const source = await opened(from.indexedDB.open(from.name));
	const names = [...source.objectStoreNames];
	const reading = source.transaction(names);
	const stores = await Promise.all(
		names.map(async (name) => {
			const store = reading.objectStore(name);
			const indexes = [...store.indexNames].map((index) => store.index(index).keyPath);
			return { name, keyPath: store.keyPath, indexes, rows: await answered(store.getAll()) };
		})
	);
	const open = to.indexedDB.open(to.name, source.version);
	source.close();
	open.onupgradeneeded = () => {
		for (const { name, keyPath, indexes } of stores) {
			const store = open.result.createObjectStore(name, { keyPath });
			for (const index of indexes) store.createIndex(String(index), index);
		}
	};
	const target = await opened(open);
	const writing = target.transaction(names, 'readwrite');
	for (const { name, rows } of stores) {
		for (const row of rows as unknown[]) writing.objectStore(name).put(row);
	}
	await new Promise((resolve) => (writing.oncomplete = resolve));
	target.close();
}

function opened(request: IDBOpenDBRequest): Promise<IDBDatabase> {
	return answered(request);
}

function answered<T>(request: IDBRequest<T>): Promise<T> {
	return new Promise((resolve, reject) => {
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error ?? new Error('no database'));
	});
}
