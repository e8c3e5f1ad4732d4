import { expect, it, vi } from 'vitest';
import type { History } from '#lib/domain/registry/records.ts';
import { administrator } from '#lib/domain/testing/test-school.ts';
import { addKnownUids } from '../store/clients.ts';
import { setVersion, writeChange } from '../store/write-change.ts';
import { TestEndpoint } from './testing.ts';

const at = '2026-09-01T08:00:00.000Z';

/** An import that moved in, of which each pupil of it knows the uid. */
const imported = Array.from({ length: 100 }, (_, index): History => ({
	kind: 'history',
	id: `import-${index}`,
	uid: 'import',
	batch: 'batch',
	mutation: 'import.write@1',
	actorId: administrator.id,
	madeAt: at,
	subjectId: `pupil-${index}`,
	undoes: null,
	changes: []
}));

it('a long mutation that is sent again and again is read once, and not all of it', async () => {
	const endpoint = await TestEndpoint.open();
	await endpoint.addSchool('school-1');
	await endpoint.store.write('school-1', async (tx) => {
		await writeChange(tx, { puts: imported, removes: [] }, { version: 2, at });
		await addKnownUids(tx, ['import']);
		await setVersion(tx, 2);
	});
	const device = endpoint.device('school-1');
	for (let made = 0; made < 200; made++) {
		device.add('print.saved@1', { printRunId: 'x' }, { uid: 'import' });
	}
	const parsed = vi.spyOn(JSON, 'parse');
	const answer = await device.send();
	const read = parsed.mock.calls.filter(([text]) => text.startsWith('{"kind":"history"'));
	parsed.mockRestore();
	expect(answer).toMatchObject({ kind: 'synced' });
	// Its records are told to this device besides.
	expect(read.length).toBeLessThanOrEqual(imported.length + 1);
	await endpoint.store.close();
});
