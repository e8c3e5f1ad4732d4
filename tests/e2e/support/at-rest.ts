import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { allKinds } from '#lib/domain/registry/kinds.ts';

/** Everything that the browser keeps for the app, as text that can be searched. */
export interface AtRest {
	/** IndexedDB with the names of its parts, localStorage, sessionStorage and cookies. */
	readonly stored: string;
	/** Addresses in the caches that are no file of the build, or whose contents differ from it. */
	readonly foreignCached: readonly string[];
}

/** Writes out all that is stored. Bytes become one character each, so that text in them is found. */
export async function readAtRest(page: Page): Promise<AtRest> {
	const parts = await page.evaluate(dumpStorage);
	const cookies = await page.context().cookies();
	const cached = await page.evaluate(dumpCaches);
	const foreign: string[] = [];
	for (const { path, body } of cached) {
		const file = await builtFile(path);
		if (file === undefined || !file.equals(Buffer.from(body, 'base64'))) foreign.push(path);
	}
	return { stored: [...parts, JSON.stringify(cookies)].join('\n'), foreignCached: foreign };
}

async function builtFile(path: string): Promise<Buffer | undefined> {
	const name = path.endsWith('/') ? `${path}index.html` : path;
	for (const file of [`client${name}`, `prerendered${name}`, `prerendered${name}.html`]) {
		const built = await readFile(join('build', file)).catch(() => undefined);
		if (built) return built;
	}
	return undefined;
}

/** Runs in the page. */
async function dumpStorage(): Promise<string[]> {
	const parts: string[] = [];
	const bytesOf = (bytes: Uint8Array) => {
		for (let at = 0; at < bytes.length; at += 8192) {
			parts.push(String.fromCharCode(...bytes.subarray(at, at + 8192 + 64)));
		}
	};
	const write = (value: unknown): void => {
		if (value instanceof ArrayBuffer) bytesOf(new Uint8Array(value));
		else if (ArrayBuffer.isView(value)) {
			bytesOf(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
		} else if (value instanceof CryptoKey) parts.push(JSON.stringify(value.algorithm));
		else if (Array.isArray(value)) value.forEach(write);
		else if (value instanceof Map || value instanceof Set) [...value].forEach(write);
		else if (typeof value === 'object' && value !== null) {
			for (const [name, inner] of Object.entries(value)) {
				parts.push(name);
				write(inner);
			}
		} else parts.push(String(value));
	};
	const result = <T>(request: IDBRequest<T>) =>
		new Promise<T>((resolve, reject) => {
			request.onsuccess = () => resolve(request.result);
			request.onerror = () => reject(new Error('not readable'));
		});
	for (const { name = '' } of await indexedDB.databases()) {
		parts.push(name);
		const database = await result(indexedDB.open(name));
		for (const store of database.objectStoreNames) {
			const held = database.transaction(store).objectStore(store);
			parts.push(store, ...held.indexNames);
			write(await result(held.getAllKeys()));
			write(await result(held.getAll()));
		}
		database.close();
	}
	for (const storage of [localStorage, sessionStorage]) write({ ...storage });
	return parts;
}

/** Runs in the page. */
async function dumpCaches(): Promise<{ path: string; body: string }[]> {
	const entries: { path: string; body: string }[] = [];
	for (const name of await caches.keys()) {
		const cache = await caches.open(name);
		for (const request of await cache.keys()) {
			const response = await cache.match(request);
			const bytes = new Uint8Array((await response?.arrayBuffer()) ?? []);
			let text = '';
			for (let at = 0; at < bytes.length; at += 8192) {
				text += String.fromCharCode(...bytes.subarray(at, at + 8192));
			}
			entries.push({ path: decodeURIComponent(new URL(request.url).pathname), body: btoa(text) });
		}
	}
	return entries;
}

/**
 * The names of kinds; none of them may be read at rest. `school` is also what the preferences of
 * the device call the school that was last chosen.
 */
export const recordKinds = allKinds.filter((kind) => kind !== 'school');

/**
 * The texts of a list that stand in what is stored, in UTF-8 or UTF-16.
 *
 * @param as `whole`: only as a value of its own, or between quotes as JSON has it. Texts of less than
 * six bytes count so in any case, since by chance they stand in anything sealed.
 */
export function leaks(
	stored: string,
	texts: Iterable<string>,
	as: 'part' | 'whole' = 'part'
): string[] {
	const values = new Set(stored.split('\n'));
	const shapesOf = (text: string) => {
		const whole = as === 'whole' || Buffer.byteLength(text) < 6;
		const sought = whole ? `"${text}"` : text;
		return [sought, latin1(Buffer.from(sought)), latin1(Buffer.from(sought, 'utf16le'))];
	};
	const all = [...new Set(texts)];
	const found = foundIn(stored, new Set(all.flatMap(shapesOf)));
	return all.filter((text) => values.has(text) || shapesOf(text).some((shape) => found.has(shape)));
}

/** Which of many texts are in a long one, in one walk along it: by how they begin. */
function foundIn(stored: string, sought: ReadonlySet<string>): Set<string> {
	const width = Math.min(...[...sought].map(({ length }) => length));
	const byStart = Map.groupBy(sought, (text) => text.slice(0, width));
	const found = new Set<string>();
	for (let at = 0; at + width <= stored.length; at++) {
		for (const text of byStart.get(stored.slice(at, at + width)) ?? []) {
			if (stored.startsWith(text, at)) found.add(text);
		}
	}
	return found;
}

function latin1(bytes: Buffer): string {
	return bytes.toString('latin1');
}
