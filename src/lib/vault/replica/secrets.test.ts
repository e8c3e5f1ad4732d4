import { expect, test } from 'vitest';
import type { Secret } from '#lib/domain/credentials/secret.ts';
import type { AnyRecord } from '#lib/domain/registry/records.ts';
import type { Entry } from '../pages/entry.ts';
import {
	entry,
	joinedVault,
	leerId,
	outboxOf,
	settled,
	signature,
	testPlatform,
	testVault,
	valueOf,
	type TestArgs
} from '../test-kit.ts';

const hour = 60 * 60 * 1000;
const word = (text: string): Secret => ({ kind: 'word', text });
const ids = ['s1', 's2', 's3'];

async function kept(replica: {
	secrets(
		ids: readonly string[]
	): Promise<Parameters<typeof valueOf<ReadonlyMap<string, Secret>>>[0]>;
}) {
	return Object.fromEntries(valueOf(await replica.secrets(ids)));
}

test('a password travels in the outbox, stays after a fold, and is in no record', async () => {
	const { open } = await testVault();
	const { replica } = await open();
	const secret = { kind: 'image', pictures: ['boom', 'vis'] } as const;
	valueOf(await replica.commit([entry({ puts: [leerId('l1', 's1')] }, { s1: secret })], signature));
	expect(await kept(replica)).toEqual({ s1: secret });
	expect(await kept((await open()).replica)).toEqual({ s1: secret });
	valueOf(await replica.fold());
	expect(await kept(replica)).toEqual({ s1: secret });
	expect(await kept((await open()).replica)).toEqual({ s1: secret });
});

test('a password that was replaced stays for a day, and one in use for good', async () => {
	const platform = testPlatform();
	const { open } = await testVault(platform);
	const { replica } = await open();
	const first = { s1: word('aaa111'), s2: word('bbb222') };
	const puts = [leerId('l1', 's1'), leerId('l2', 's2')];
	valueOf(await replica.commit([entry({ puts }, first)], signature));
	valueOf(await replica.fold());
	platform.clock += 100 * hour;
	const renewed = entry({ puts: [leerId('l1', 's3')] }, { s3: word('ccc333') });
	valueOf(await replica.commit([renewed], signature));
	valueOf(await replica.fold());
	platform.clock += 23 * hour;
	valueOf(await replica.fold());
	expect(await kept(replica)).toEqual({ ...first, s3: word('ccc333') });
	platform.clock += 2 * hour;
	expect(valueOf(await replica.fold())).toBe(true);
	expect(await kept(replica)).toEqual({ s2: word('bbb222'), s3: word('ccc333') });
	expect(valueOf(await replica.fold())).toBe(false);
});

test('an undo within the day brings a password back for good', async () => {
	const platform = testPlatform();
	const { open } = await testVault(platform);
	const { replica } = await open();
	valueOf(
		await replica.commit([entry({ puts: [leerId('l1', 's1')] }, { s1: word('aaa111') })], signature)
	);
	valueOf(
		await replica.commit([entry({ puts: [leerId('l1', 's2')] }, { s2: word('bbb222') })], signature)
	);
	valueOf(await replica.fold());
	platform.clock += 20 * hour;
	valueOf(await replica.commit([entry({ puts: [leerId('l1', 's1')] })], signature));
	valueOf(await replica.fold());
	platform.clock += 48 * hour;
	valueOf(await replica.fold());
	expect(await kept(replica)).toEqual({ s1: word('aaa111') });
});

test('ten thousand passwords are kept over several pages', async () => {
	const { open } = await testVault();
	const { replica } = await open();
	const all = Array.from({ length: 10_000 }, (_, n) => `t${n}`);
	const entries = all.map((id) => entry({ puts: [leerId(`l${id}`, id)] }, { [id]: word(id) }));
	valueOf(await replica.commit(entries, signature));
	valueOf(await replica.fold());
	const found = valueOf(await (await open()).replica.secrets(all));
	expect(found.size).toBe(10_000);
	expect(found.get('t9999')).toEqual(word('t9999'));
}, 30_000);

test('once a server holds it, a password stays until its card was printed, or for a day', async () => {
	const platform = testPlatform();
	const { open } = await joinedVault(platform);
	const tab = await open();
	const { replica } = tab;
	let cookie = 0;
	const settle = async () => {
		const from = cookie === 0 ? null : cookie;
		const results = settled(...replica.waiting);
		const nothing = { removes: [], puts: replica.waiting.flatMap(putsOf), kept: null };
		const patch = { ...nothing, from, cookie: ++cookie, results, today: '2026-11-21' };
		valueOf(await outboxOf(tab).pull(patch));
	};
	const issue = (n: number, run: string) =>
		entry({ puts: [card(`c${n}`, `s${n}`, run)] }, { [`s${n}`]: word(`aaa11${n}`) });
	const runs = entry({ puts: [printRun('r1', null), printRun('r2', null)] });
	const lone = entry({ puts: [leerId('l3', 's3')] }, { s3: word('aaa113') });
	const made = [runs, issue(1, 'r1'), issue(2, 'r2'), lone];
	valueOf(await replica.commit(made, signature));
	await settle();
	expect(await kept(replica)).toEqual({ s1: word('aaa111'), s2: word('aaa112') });
	const saved = entry({ puts: [printRun('r1', '2026-11-21T13:01:00.000Z')] });
	valueOf(await replica.commit([saved], signature));
	await settle();
	expect(await kept(replica)).toEqual({ s2: word('aaa112') });
	expect(await kept((await open()).replica)).toEqual({ s2: word('aaa112') });
	platform.clock += 25 * hour;
	await settle();
	expect(await kept(replica)).toEqual({});
});

const putsOf = ({ mutation }: Entry) => (mutation.args as TestArgs).puts ?? [];

function printRun(id: string, savedAt: string | null): AnyRecord {
	const made = { madeAt: '2026-11-21T13:00:00.000Z', actorId: 'account-1' };
	return { kind: 'printRun', id, ...made, title: '1A', cardCount: 1, savedAt };
}

function card(id: string, secretId: string, printRunId: string): AnyRecord {
	const whose = { pupilId: `p-${id}`, leerIdId: `l-${id}`, issue: 1, secretId, printRunId };
	const madeAt = '2026-11-21T13:00:00.000Z';
	return { kind: 'credentialCard', id, ...whose, state: 'current', madeAt, endedAt: null };
}
