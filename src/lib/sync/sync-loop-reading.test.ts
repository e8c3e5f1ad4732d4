import { expect, test } from 'vitest';
import { entry, group, signature } from '#lib/vault/test-kit.ts';
import { cookie, setUp, synced } from './test-loop.ts';

test('an answer in parts is asked on and shown when it is whole', async () => {
	const { tab, transport, loop, round } = await setUp();
	loop.start();
	const loading: (number | null)[] = [];
	loop.subscribe((status) => loading.push(status.loading));
	transport.answers = [
		() => synced({ more: true, cookie: cookie(7), puts: [group('a', 'a'), group('b', 'b')] }),
		() => {
			expect(tab.replica.state.count('group')).toBe(0);
			return synced({ cookie: cookie(8), removes: [{ kind: 'group', id: 'b' }] });
		}
	];
	await round();
	expect(transport.asked[1]?.cookie).toMatchObject({ version: 7 });
	expect([...tab.replica.state.all('group')].map(({ id }) => id)).toEqual(['a']);
	expect(loading).toContain(2);
	expect(loop.status.loading).toBeNull();
});

test('what is made in the middle of a reading waits for the next round', async () => {
	const { tab, transport, clock, loop, round } = await setUp();
	loop.start();
	transport.answers = [
		() => {
			void tab.replica.commit([entry({ count: ['a', 'x'] })], signature);
			return synced({ more: true, cookie: cookie(7) });
		},
		() => synced({ cookie: cookie(8) })
	];
	await round();
	expect(transport.asked[1]?.mutations).toEqual([]);
	await expect.poll(() => loop.status.waiting).toBe(1);
	expect(clock.next).toBe(300);
});

test('scopes that are lost take their records along, also those that had just come', async () => {
	const { tab, transport, loop, round } = await setUp();
	loop.start();
	transport.answers = [() => synced({ puts: [group('a', 'a')] })];
	await round();
	transport.answers = [
		() => synced({ more: true, cookie: cookie(2), puts: [group('b', 'b')] }),
		() => synced({ cookie: cookie(3), lostScopes: ['school/staff'], scopes: [] })
	];
	loop.poke();
	await round(0);
	expect(tab.replica.state.count('group')).toBe(0);
});
