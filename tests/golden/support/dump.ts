import { IDBFactory as FakeFactory } from 'fake-indexeddb';

/** A database of a browser as it lies there, rows and all; bytes and keys in base64. */
interface DumpedDatabase {
	readonly name: string;
	readonly version: number;
	readonly stores: readonly {
		readonly name: string;
		readonly keyPath: string;
		readonly indexes: readonly string[];
		readonly rows: readonly unknown[];
	}[];
}

export type Dump = readonly DumpedDatabase[];

/**
 * Everything that a browser keeps. A key of the device lies in it as its bytes: browsers can't hand
 * those out, so the writer of a dump makes keys that can be.
 */
export async function dumpOf(factory: IDBFactory): Promise<Dump> {
	const dumped: DumpedDatabase[] = [];
	for (const { name = '' } of await factory.databases()) {
		const database = await answered(factory.open(name));
		const names = [...database.objectStoreNames];
		const reading = database.transaction(names);
		const read = names.map((each) => {
			const store = reading.objectStore(each);
			const indexes = [...store.indexNames].map((index) => String(store.index(index).keyPath));
			return {
				name: each,
				keyPath: String(store.keyPath),
				indexes,
				rows: answered(store.getAll())
			};
		});
		const stores = [];
		for (const { rows, ...store } of read) {
			stores.push({ ...store, rows: await Promise.all((await rows).map(packed)) });
		}
		dumped.push({ name, version: database.version, stores });
		database.close();
	}
	return dumped.sort((one, other) => (one.name < other.name ? -1 : 1));
}

/**
 * A browser that keeps what was dumped.
 *
 * @param dumpable whether it is to be dumped again, as no real browser could
 */
export async function browserWith(dump: Dump, dumpable = false): Promise<IDBFactory> {
	const factory = new FakeFactory();
	const unpack = (row: unknown) => unpacked(row, dumpable);
	for (const { name, version, stores } of dump) {
		const rows = await Promise.all(stores.map((store) => Promise.all(store.rows.map(unpack))));
		const open = factory.open(name, version);
		open.onupgradeneeded = () => {
			for (const store of stores) {
				const made = open.result.createObjectStore(store.name, { keyPath: store.keyPath });
				for (const index of store.indexes) made.createIndex(index, index);
			}
		};
		const database = await answered(open);
		const writing = database.transaction(
			stores.map((store) => store.name),
			'readwrite'
		);
		for (const [at, store] of stores.entries()) {
			for (const row of rows[at] ?? []) writing.objectStore(store.name).put(row);
		}
		await new Promise((resolve) => (writing.oncomplete = resolve));
		database.close();
	}
	return factory;
}

async function packed(value: unknown): Promise<unknown> {
	if (value instanceof CryptoKey) {
		const raw = await crypto.subtle.exportKey('raw', value);
		return { $key: Buffer.from(raw).toString('base64') };
	}
	if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString('base64') };
	return eachField(value, packed);
}

async function unpacked(value: unknown, dumpable: boolean): Promise<unknown> {
	const { $key, $bytes } = (value ?? {}) as { readonly $key?: string; readonly $bytes?: string };
	if ($bytes !== undefined) return Uint8Array.from(Buffer.from($bytes, 'base64'));
	if ($key !== undefined) {
		const raw = Uint8Array.from(Buffer.from($key, 'base64'));
		return crypto.subtle.importKey('raw', raw, 'AES-GCM', dumpable, ['encrypt', 'decrypt']);
	}
	return eachField(value, (field) => unpacked(field, dumpable));
}

async function eachField(
	value: unknown,
	work: (value: unknown) => Promise<unknown>
): Promise<unknown> {
	if (Array.isArray(value)) return Promise.all(value.map(work));
	if (typeof value !== 'object' || value === null) return value;
	const fields = Object.entries(value).map(
		async ([name, field]) => [name, await work(field)] as const
	);
	return Object.fromEntries(await Promise.all(fields));
}

function answered<T>(request: IDBRequest<T>): Promise<T> {
	return new Promise((resolve, reject) => {
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error ?? new Error('no database'));
	});
}
