import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';

const root = join(import.meta.dirname, '..');
/** Folders here that hold no golden files. */
const code = ['support', 'write'];

export const sumsFile = join(root, 'SUMS');

/** The version of what crosses the wire and of records that the files of a writer are of. */
export const version = '1';

/** The path of every golden file, as `SUMS` lists it, sorted. */
export function goldenFiles(): string[] {
	return readdirSync(root, { withFileTypes: true })
		.filter((entry) => entry.isDirectory() && !code.includes(entry.name))
		.flatMap(({ name }) =>
			readdirSync(join(root, name), { recursive: true, withFileTypes: true })
				.filter((entry) => entry.isFile())
				.map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
		)
		.sort();
}

/** SHA-256 of a golden file, in hex. */
export function sumOf(path: string): string {
	return createHash('sha256')
		.update(readFileSync(join(root, path)))
		.digest('hex');
}

/** The bytes of a golden file; those of a `.gz` as they were before. */
export function readGolden(path: string): Buffer {
	const bytes = readFileSync(join(root, path));
	return path.endsWith('.gz') ? gunzipSync(bytes) : bytes;
}

/** Returns the content of a golden file of JSON; its reader says what that is. */
export function readGoldenJson(path: string): unknown {
	return JSON.parse(readGolden(path).toString('utf8'));
}

/**
 * Writes a golden file, once and for all.
 *
 * @throws Error where there is one: what was written is never written again
 */
export function writeGolden(path: string, content: string | Uint8Array): void {
	const file = join(root, path);
	if (existsSync(file)) throw new Error(`${path} was written, and is never written again`);
	mkdirSync(dirname(file), { recursive: true });
	const bytes = Buffer.from(content);
	writeFileSync(file, path.endsWith('.gz') ? gzipSync(bytes, { level: 9 }) : bytes);
}

/** Adds the sums of files that were just written; those that were listed before stay as they are. */
export function writeSums(): void {
	const listed = existsSync(sumsFile) ? readFileSync(sumsFile, 'utf8') : '';
	const added = goldenFiles().filter((path) => !listed.includes(`  ${path}\n`));
	const lines = added.map((path) => `${sumOf(path)}  ${path}\n`);
	writeFileSync(sumsFile, listed + lines.join(''));
}

export function writeGoldenJson(path: string, content: unknown): void {
	writeGolden(path, `${JSON.stringify(content)}\n`);
}
