import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { newId } from '#lib/crypto/random.ts';
import { openStore } from './open-store.ts';
import { newSchool } from './testing/school-row.ts';
import { setVersion, writeChange } from './write-change.ts';

const folder = mkdtempSync(join(tmpdir(), 'sqlite-'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('once it is quiet, what was committed is worked into the file', async () => {
	const file = join(folder, 'store.sqlite');
	const store = await openStore({ kind: 'file', file });
	const group = { kind: 'group', id: newId(), name: 'De Sterrenkijkers' } as const;
	await store.write(await newSchool(store), async (tx) => {
		await writeChange(tx, { puts: [group], removes: [] }, { version: 1, at: '2026-11-21' });
		await setVersion(tx, 1);
	});
	expect(readFileSync(`${file}-wal`).includes(group.id)).toBe(true);
	await expect.poll(() => readFileSync(file).includes(group.id), { timeout: 5000 }).toBe(true);
	await store.close();
});
