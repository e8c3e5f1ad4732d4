import { expect, test, vi } from 'vitest';
import { exportDataKey, newExtractableDataKey, withoutExport } from '#lib/crypto/data-key.ts';
import { newId } from '#lib/crypto/random.ts';
import { newMembership } from '#lib/vault/pages/head.ts';
import {
	actor,
	entry,
	group,
	joinedVault,
	signature,
	testPlatform,
	testSettings,
	valueOf
} from '#lib/vault/test-kit.ts';
import { Vault } from '#lib/vault/device/vault.ts';
import type { Session } from '../session/session.svelte.ts';
import { readUnsentFile, takeOverFile, unsentFile } from './unsent-file.ts';

const secrets = { s1: { kind: 'word', text: 'zal659-tractor' } } as const;

function sessionOf({ vault, replica }: { vault: Vault; replica: unknown }): Session {
	const { membership } = vault;
	return { vault, replica, membership, userName: 'jansen' } as unknown as Session;
}

/** A device that cannot send, its file, and the key that the server keeps. */
async function stranded() {
	const dataKey = await newExtractableDataKey();
	const key = await withoutExport(dataKey);
	const opened = { vaultId: newId(), accountId: actor.id, key };
	const vault = new Vault(testPlatform(), testSettings, opened);
	await vault.initialise(newMembership('school-1', true));
	const replica = valueOf(await vault.open());
	const unsent = [
		entry({ puts: [group('g1', 'De Sterrenkijkers')] }, secrets),
		entry({ count: ['a', 'x'] })
	];
	valueOf(await replica.commit(unsent, signature));
	const text = await valueOf(await unsentFile(sessionOf({ vault, replica }))).text();
	vault.close();
	return { text, unsent, key: { vault: opened.vaultId, key: await exportDataKey(dataKey) } };
}

function endpointAnswers(keys: readonly unknown[], status = 200) {
	const info = {
		school: 'school-1',
		account: actor.id,
		actor,
		today: '2026-11-21',
		mustChange: false,
		offlineHours: 72
	};
	const body = status === 200 ? { ...info, keys } : { code: 'wrongPassword' };
	const send = vi.fn(() => Promise.resolve(Response.json(body, { status })));
	vi.stubGlobal('fetch', send);
	return send;
}

test('what one device could not send, another takes over with the password', async () => {
	const { text, unsent, key } = await stranded();
	// Long enough that none stands by chance in what is sealed: two letters would in one file of five.
	for (const secret of ['zal659-tractor', 'De Sterrenkijkers', unsent[0]?.mutation.uid ?? '']) {
		expect(text).not.toContain(secret);
	}
	const { open } = await joinedVault();
	const tab = await open();
	const file = readUnsentFile(text);
	if (!file) throw new Error('not a file of ours');
	const send = endpointAnswers([key]);
	expect(await takeOverFile(sessionOf(tab), file, 'x')).toEqual({ ok: true, value: 2 });
	expect(JSON.stringify(send.mock.calls)).toContain(key.vault);
	expect(tab.replica.waiting.map(({ mutation }) => mutation.uid)).toEqual(
		unsent.map(({ mutation }) => mutation.uid)
	);
	expect(tab.replica.state.get('group', 'g1')).toMatchObject({ name: 'De Sterrenkijkers' });
});

test('a file is of one account, and opens with its key alone', async () => {
	const { text, key } = await stranded();
	const { open } = await joinedVault();
	const session = sessionOf(await open());
	const file = readUnsentFile(text);
	if (!file) throw new Error('not a file of ours');
	const takeOver = (changed: Partial<typeof file>) =>
		takeOverFile(session, { ...file, ...changed }, 'x');
	endpointAnswers([key]);
	expect(await takeOver({ account: 'account-2' })).toMatchObject({
		refusal: { code: 'otherAccount' }
	});
	expect(await takeOver({ school: 'school-2' })).toMatchObject({
		refusal: { code: 'otherAccount' }
	});
	expect(await takeOver({ vault: newId() })).toMatchObject({ refusal: { code: 'notUnsent' } });
	expect(await takeOver({ sealed: 'AAAA' })).toMatchObject({ refusal: { code: 'notUnsent' } });
	endpointAnswers([]);
	expect(await takeOver({})).toMatchObject({ refusal: { code: 'notUnsent' } });
	endpointAnswers([], 401);
	expect(await takeOver({})).toMatchObject({ refusal: { code: 'wrongPassword' } });
});

test.each(['', '{', 'null', '[]', '{"format":"schoolsleutel-unsent","version":2}'])(
	'%j is no such file',
	(text) => expect(readUnsentFile(text)).toBeNull()
);
