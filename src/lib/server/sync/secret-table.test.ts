import { expect, it } from 'vitest';
import type { Id } from '#lib/domain/kernel/ids.ts';
import type { LeerId } from '#lib/domain/credentials/kinds.ts';
import { lastPasswordUndoBefore } from './school-day.ts';
import { forgetReplacedSecrets, keepSecrets } from './secret-table.ts';
import { TestEndpoint } from './testing.ts';

const dayMs = 86_400_000;

const leerId: LeerId = {
	kind: 'leerId',
	id: 'a',
	pupilId: 'pupil-a',
	type: 'basic',
	userName: 'noor.peeters',
	passwordKind: 'word',
	secretId: 'first',
	email: null,
	mustChange: false,
	createdAt: '2026-01-01T08:00:00.000Z',
	lastSignInAt: null
};

/** A school in which LeerID `a` has the password `current`, and these were made so many days ago. */
async function withSecrets(
	current: Id,
	made: readonly (readonly [Id, account: Id, days: number])[]
) {
	const endpoint = await TestEndpoint.open();
	await endpoint.addSchool('school-1', [{ ...leerId, secretId: current }]);
	for (const [id, account, days] of made) {
		const now = new Date(endpoint.now.getTime() - days * dayMs).toISOString();
		const secret = { kind: 'word', text: 'boomhut27' } as const;
		await endpoint.store.write('school-1', (tx) =>
			keepSecrets(tx, [{ id, account, secret }], { keys: endpoint.keys, now })
		);
	}
	const before = lastPasswordUndoBefore(endpoint.now);
	await forgetReplacedSecrets(endpoint.store, 'school-1', { before, most: 1 });
	const rows = await endpoint.store.read('school-1', ({ db }) =>
		db.selectFrom('secret').select('id').orderBy('id').execute()
	);
	return rows.map(({ id }) => id);
}

it('keeps a password that was replaced as long as an undo may wait, and no longer', async () => {
	const left = await withSecrets('third', [
		['first', 'a', 300],
		['second', 'a', 190],
		['third', 'a', 170],
		['only', 'b', 300]
	]);
	expect(left).toEqual(['only', 'second', 'third']);
});

it('keeps one whose renewal may be undone for a day by a device that waited the longest', async () => {
	const left = await withSecrets('second', [
		['first', 'a', 300],
		['second', 'a', 180.5]
	]);
	expect(left).toEqual(['first', 'second']);
});

it('keeps a password that an undo brought back', async () => {
	const left = await withSecrets('first', [
		['first', 'a', 300],
		['second', 'a', 299],
		['third', 'a', 298]
	]);
	expect(left).toEqual(['first', 'third']);
});
