import type { BrowserContext, Page } from '@playwright/test';

/** The data that a device keeps of its schools, to be laid down on others. */
export interface Kept {
	readonly databases: readonly KeptDatabase[];
	readonly settings: Readonly<Record<string, string>>;
}

interface KeptDatabase {
	readonly name: string;
	readonly version: number;
	readonly stores: readonly KeptStore[];
}

interface KeptStore {
	readonly name: string;
	readonly keyPath: string | string[] | null;
	readonly autoIncrement: boolean;
	readonly indexes: readonly {
		readonly name: string;
		readonly keyPath: string | string[];
		readonly unique: boolean;
		readonly multiEntry: boolean;
	}[];
	/** Keys and values, with bytes and browser keys written out (`Written`). */
	readonly rows: readonly { readonly key: unknown; readonly value: unknown }[];
}

/** In place of what JSON has no word for. */
interface Written {
	readonly written: 'bytes' | 'key';
	readonly base64: string;
	readonly algorithm?: unknown;
	readonly usages?: readonly KeyUsage[];
}

/** An address of the app at which nothing of it runs that would look at what is laid down. */
const still = '/still';

/** Goes to the app's origin without starting the app. Returns the origin. */
export async function arrive(page: Page): Promise<string> {
	// With an icon, or the browser asks the server for one.
	const body = '<!doctype html><link rel="icon" href="data:," />';
	await page.route(still, (route) => route.fulfill({ contentType: 'text/html', body }));
	await page.goto(still);
	await page.unroute(still);
	return new URL(page.url()).origin;
}

/** Has the keys that pages of a context make from now on be such that `keep` can read them. */
export async function makeKeysReadable(context: BrowserContext): Promise<void> {
	await context.addInitScript(() => {
		type Make = (this: SubtleCrypto, ...args: unknown[]) => Promise<unknown>;
		const prototype = SubtleCrypto.prototype as unknown as Record<string, Make>;
		for (const name of ['generateKey', 'importKey']) {
			const make = prototype[name];
			prototype[name] = function (...args) {
				// The last three: for what, whether it may be read out, and for which uses.
				const { name: cipher } = Object(args.at(-3)) as { name?: unknown };
				const made = cipher === 'AES-GCM' ? args.with(-2, true) : args;
				return make?.apply(this, made) ?? Promise.reject(new Error(name));
			};
		}
	});
}

/** Reads what the device of a page keeps. Nothing runs there afterwards. */
export async function keep(page: Page): Promise<Kept> {
	await arrive(page);
	return page.evaluate(readKept);
}

/** Lays what another device kept down on that of a page, which is still. */
export async function layDown(page: Page, kept: Kept): Promise<void> {
	await page.evaluate(writeKept, kept);
}

/** Runs in the page. */
async function readKept(): Promise<Kept> {
	const result = <T>(request: IDBRequest<T>) =>
		new Promise<T>((resolve, reject) => {
			request.onsuccess = () => resolve(request.result);
			request.onerror = () => reject(new Error('not readable'));
		});
	const write = async (value: unknown): Promise<unknown> => {
		if (value instanceof Uint8Array) return { written: 'bytes', base64: value.toBase64() };
		if (value instanceof CryptoKey) {
			const raw = new Uint8Array(await crypto.subtle.exportKey('raw', value));
			const { algorithm, usages } = value;
			return { written: 'key', base64: raw.toBase64(), algorithm, usages };
		}
		if (Array.isArray(value)) return Promise.all(value.map(write));
		if (typeof value !== 'object' || value === null) return value;
		if (Object.getPrototypeOf(value) !== Object.prototype) throw new Error('nothing for JSON');
		const entries = Object.entries(value).map(async ([name, inner]) => [name, await write(inner)]);
		return Object.fromEntries((await Promise.all(entries)) as [string, unknown][]);
	};
	const databases: KeptDatabase[] = [];
	for (const { name = '' } of await indexedDB.databases()) {
		const database = await result(indexedDB.open(name));
		const stores: KeptStore[] = [];
		for (const storeName of database.objectStoreNames) {
			const store = database.transaction(storeName).objectStore(storeName);
			const { keyPath, autoIncrement } = store;
			const indexes = [...store.indexNames].map((indexName) => {
				const { keyPath: path, unique, multiEntry } = store.index(indexName);
				return { name: indexName, keyPath: path, unique, multiEntry };
			});
			const [keys, values] = await Promise.all([
				result(store.getAllKeys()),
				result<unknown[]>(store.getAll())
			]);
			const rows = values.map(async (value, at) => ({
				key: keyPath === null ? keys[at] : null,
				value: await write(value)
			}));
			stores.push({
				name: storeName,
				keyPath,
				autoIncrement,
				indexes,
				rows: await Promise.all(rows)
			});
		}
		databases.push({ name, version: database.version, stores });
		database.close();
	}
	return { databases, settings: { ...localStorage } };
}

/** Runs in the page. */
async function writeKept({ databases, settings }: Kept): Promise<void> {
	const read = async (value: unknown): Promise<unknown> => {
		if (Array.isArray(value)) return Promise.all(value.map(read));
		if (typeof value !== 'object' || value === null) return value;
		const { written, base64, algorithm, usages = [] } = value as Written;
		if (written === 'bytes') return Uint8Array.fromBase64(base64);
		if (written === 'key') {
			const raw = Uint8Array.fromBase64(base64);
			return crypto.subtle.importKey('raw', raw, algorithm as AlgorithmIdentifier, false, usages);
		}
		const entries = Object.entries(value).map(async ([name, inner]) => [name, await read(inner)]);
		return Object.fromEntries((await Promise.all(entries)) as [string, unknown][]);
	};
	Object.assign(localStorage, settings);
	for (const { name, version, stores } of databases) {
		const rows = await Promise.all(
			stores.map(async (store) => ({
				...store,
				rows: await Promise.all(
					store.rows.map(async ({ key, value }) => ({ key, value: await read(value) }))
				)
			}))
		);
		await new Promise<void>((resolve, reject) => {
			const request = indexedDB.open(name, version);
			request.onerror = () => reject(new Error('not writable'));
			request.onupgradeneeded = () => {
				for (const { name: storeName, keyPath, autoIncrement, indexes } of stores) {
					const store = request.result.createObjectStore(storeName, { keyPath, autoIncrement });
					for (const { name: indexName, keyPath: path, ...rest } of indexes) {
						store.createIndex(indexName, path, rest);
					}
				}
			};
			request.onsuccess = () => {
				const database = request.result;
				const writing = database.transaction([...database.objectStoreNames], 'readwrite');
				for (const store of rows) {
					for (const { key, value } of store.rows) {
						const to = writing.objectStore(store.name);
						if (store.keyPath === null) to.put(value, key as IDBValidKey);
						else to.put(value);
					}
				}
				writing.oncomplete = () => {
					database.close();
					resolve();
				};
				writing.onabort = () => reject(new Error('not written'));
			};
		});
	}
}
