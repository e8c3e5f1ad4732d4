import { expect, test } from 'vitest';
import type { AnyRecord } from '#lib/domain/registry/records.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import { firstAccount } from '#lib/domain/testing/test-school.ts';
import { Moving } from './moving.ts';
import {
	entry,
	group,
	leerId,
	recordsOf,
	signature,
	testPlatform,
	testVault,
	valueOf
} from '../test-kit.ts';

async function partsOf(moving: Moving) {
	const records: AnyRecord[] = [];
	const secrets = new Map<Id, unknown>();
	for await (const part of moving.parts()) {
		records.push(...valueOf(part).records);
		for (const [id, secret] of valueOf(part).secrets) secrets.set(id, secret);
	}
	return { records, secrets };
}

const byKey = (records: readonly AnyRecord[]) =>
	Object.fromEntries(records.map((record) => [`${record.kind} ${record.id}`, record]));

const fat = Array.from({ length: 60 }, (_, n) =>
	entry({ puts: [group(`fat${n}`, 'x'.repeat(10_000))] })
);

test('a school moves with its records, history and passwords in use, and what is made meanwhile waits', async () => {
	const platform = testPlatform();
	const { open } = await testVault(platform);
	const { replica } = await open();
	const word = (text: string) => ({ kind: 'word', text }) as const;
	const first = entry({ puts: [leerId('l1', 's1')] }, { s1: word('aaa111') });
	const renewed = entry({ puts: [leerId('l1', 's2')] }, { s2: word('bbb222') });
	const parent = { ...firstAccount, id: 'parent', secretId: 's3' };
	const letter = entry({ puts: [parent] }, { s3: word('ccc333') });
	valueOf(await replica.commit([first, letter, ...fat], signature));
	valueOf(await replica.fold());
	valueOf(await replica.commit([renewed], signature));
	const moving = new Moving(replica);
	valueOf(await moving.begin('school-1'));
	valueOf(await replica.loadHistory());
	const before = recordsOf(replica.state);
	valueOf(await replica.commit([entry({ puts: [group('late', 'late')] })], signature));
	expect(valueOf(await replica.fold())).toBe(false);
	const { records, secrets } = await partsOf(moving);
	expect(byKey(records)).toEqual(before);
	expect(Object.fromEntries(secrets)).toEqual({ s2: word('bbb222'), s3: word('ccc333') });
	expect(replica.membership).toMatchObject({ joined: false });
	valueOf(await moving.finish());
	for (const each of [replica, (await open()).replica]) {
		expect(each.membership).toMatchObject({ schoolId: 'school-1', joined: true });
		expect(each.waiting.length).toBe(1);
		expect(valueOf(await each.secrets(['s1', 's2'])).size).toBe(0);
	}
});

test('a move that was broken off is begun anew, or given up', async () => {
	const { open } = await testVault();
	const { replica } = await open();
	valueOf(await replica.commit(fat, signature));
	const moving = new Moving(replica);
	valueOf(await moving.begin('school-1'));
	const parts = moving.parts();
	valueOf((await parts.next()).value as Parameters<typeof valueOf>[0]);
	const other = new Moving((await open()).replica);
	valueOf(await other.begin('school-1'));
	expect((await partsOf(other)).records).toHaveLength(2 * fat.length);
	expect((await parts.next()).value).toEqual({ ok: false, refusal: { code: 'changed' } });
	valueOf(await other.giveUp());
	valueOf(await replica.catchUp());
	valueOf(await replica.commit([entry({ puts: [group('late', 'late')] })], signature));
	expect(valueOf(await replica.fold())).toBe(true);
});
