import { expect, test } from 'vitest';
import { maxRecordsPerPart, type JoinPart } from '#lib/protocol/join.ts';
import { Moving } from '#lib/vault/outbox/moving.ts';
import { entry, leerId, signature, testVault, valueOf } from '#lib/vault/test-kit.ts';
import { moveIn } from './move-in.ts';

async function setUp(count: number) {
	const { open } = await testVault();
	const { replica } = await open();
	const made = Array.from({ length: count }, (_, n) =>
		entry({ puts: [leerId(`l${n}`, `s${n}`)] }, { [`s${n}`]: { kind: 'word', text: `w${n}` } })
	);
	valueOf(await replica.commit(made, signature));
	const moving = new Moving(replica);
	valueOf(await moving.begin('school-1'));
	return { moving, state: replica.state, token: 'token', school: 'school-1', onProgress: () => {} };
}

test('parts are numbered from 0, none is too large, and the end says what they hold', async () => {
	const parts: JoinPart[] = [];
	const move = await setUp(3000);
	const end = valueOf(
		await moveIn({
			...move,
			send: (part) => {
				parts.push(part);
				return Promise.resolve<{ readonly code: 'offline' } | null>(null);
			}
		})
	);
	expect(parts.map(({ part }) => part)).toEqual(parts.map((_, at) => at));
	const most = Math.max(
		...parts.flatMap(({ records, secrets }) => [records.length, secrets.length])
	);
	expect(most).toBeLessThanOrEqual(maxRecordsPerPart);
	// Each LeerID with its history.
	expect(end.whole).toEqual({ records: 6000, secrets: 3000 });
	expect(parts.flatMap(({ secrets }) => secrets)).toContainEqual({
		id: 's7',
		account: 'l7',
		secret: { kind: 'word', text: 'w7' }
	});
});

test('a part that does not arrive ends it', async () => {
	const move = await setUp(1);
	const ended = await moveIn({
		...move,
		send: () => Promise.resolve({ code: 'offline' as const })
	});
	expect(ended).toEqual({ ok: false, refusal: { code: 'offline' } });
});
