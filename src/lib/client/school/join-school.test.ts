import { expect, onTestFinished, test, vi } from 'vitest';
import { newId } from '#lib/crypto/random.ts';
import { newRecoveryCode } from '#lib/crypto/recovery-code.ts';
import { ok } from '#lib/domain/kernel/result.ts';
import { firstAccount, school } from '#lib/domain/testing/test-school.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import { DeviceVaults } from '#lib/vault/device/device-vaults.ts';
import {
	actor,
	entry,
	group,
	newSchool,
	password,
	testPlatform,
	testSettings,
	valueOf
} from '#lib/vault/test-kit.ts';
import { JoinSchool } from './join-school.svelte.ts';
import type { Session } from '../session/session.svelte.ts';

const token = 'token-1';

/** A server that invites one school, by an invitation that works once. */
class FakeEndpoint {
	/**
	 * The part of the last exchange that is lost: the question on its way there, or the answer on its
	 * way back.
	 */
	loses: 'question' | 'answer' | null = null;
	opened = false;
	number = school.number;
	readonly asked: string[] = [];
	readonly keys = new Map<string, string>();

	readonly send = (path: unknown, { method = 'GET', body = '{}' }: RequestInit = {}) => {
		const question = `${method} ${String(path)}`;
		this.asked.push(question);
		const read = JSON.parse(body as string) as Record<string, unknown>;
		if (question === 'POST /api/join/open' && this.loses !== null) {
			this.opened = this.loses === 'answer';
			return new Promise<Response>(() => undefined);
		}
		return Promise.resolve(this.#answer(question, read));
	};

	#answer(question: string, body: Record<string, unknown>): Response {
		switch (question) {
			case 'POST /api/join/invitation': {
				const invites = body['token'] === token && !this.opened;
				if (!invites) return Response.json({ code: 'notFound' }, { status: 404 });
				return Response.json({ number: this.number, name: school.name });
			}
			case 'POST /api/join/open':
				this.opened = true;
				return Response.json({});
			case 'POST /api/session': {
				const who = { school: school.id, account: actor.id, actor, today: '2026-11-21' };
				const info = { ...who, mustChange: false, offlineHours: 72 };
				return Response.json({ ...info, key: newId(), keys: [] });
			}
			case 'PUT /api/escrow':
				this.keys.set(String(body['vault']), String(body['key']));
				return Response.json({});
			default:
				return Response.json({});
		}
	}
}

/** A school that was made on this device, and whoever made it, on the page on which it joins. */
async function setUp() {
	const endpoint = new FakeEndpoint();
	vi.stubGlobal('fetch', endpoint.send);
	vi.stubGlobal('navigator', { ...navigator, locks: navigator.locks, userAgent: 'Firefox Linux' });
	onTestFinished(() => void vi.unstubAllGlobals());
	const device = new DeviceVaults({ ...testPlatform(), now: () => Date.now() }, testSettings);
	onTestFinished(() => device.close());
	const made = newSchool(newRecoveryCode(), [entry({ puts: [group('a', 'a')] })]);
	valueOf(await device.create(made)).vault.close();
	const openPage = async () => {
		const [listed] = await device.list();
		if (!listed) throw new Error('not listed');
		const vault = valueOf(await device.unlock(listed, password));
		onTestFinished(() => vault.close());
		const replica = valueOf(await vault.open());
		const connect = vi.fn(() => Promise.resolve());
		const session = {
			...{ vault, vaults: device, replica, connect, school, preferences: {} },
			...{ state: replica.state, userName: 'jansen', account: { ...firstAccount, id: actor.id } },
			commit: () => Promise.resolve(ok({ batch: 'batch-1', results: [] }))
		};
		const join = new JoinSchool(session as unknown as Session);
		return { join: Object.assign(join, { token, password }), replica, connect };
	};
	return { endpoint, openPage };
}

test('a school moves whole, and this device becomes one of its devices', async () => {
	const { endpoint, openPage } = await setUp();
	const { join, replica, connect } = await openPage();
	expect(await join.join()).toBe(true);
	expect([join.problem, join.password]).toEqual([null, '']);
	expect(join.sent).toBeGreaterThan(0);
	expect(replica.membership).toMatchObject({ schoolId: school.id, joined: true });
	expect(endpoint.keys.size).toBe(1);
	expect(connect).toHaveBeenCalledOnce();
});

test.each([
	['before the end', 'question'],
	['before the answer to its end', 'answer']
] as const)('goes on where the move was broken off %s', async (_when, loses) => {
	const { endpoint, openPage } = await setUp();
	endpoint.loses = loses;
	const left = await openPage();
	void left.join.join();
	await expect.poll(() => endpoint.asked.at(-1)).toBe('POST /api/join/open');
	endpoint.loses = null;
	endpoint.asked.length = 0;
	const { join, replica } = await openPage();
	expect(replica.membership).toMatchObject({ joined: false });
	expect(await join.join()).toBe(true);
	expect(replica.membership).toMatchObject({ joined: true });
	// A school that is open already is not sent again.
	const sentAgain = endpoint.asked.includes('POST /api/join');
	expect(sentAgain).toBe(loses === 'question');
});

test('says what is wrong with a code, a password and a school, and leaves the school here', async () => {
	const { endpoint, openPage } = await setUp();
	const { join, replica } = await openPage();
	Object.assign(join, { token: 'another' });
	expect(await join.join()).toBe(false);
	expect(join.problem).toBe(m.join_no_invitation());
	expect(join.password).toBe(password);
	Object.assign(join, { token, password: 'a slip' });
	expect(await join.join()).toBe(false);
	expect(join.problem).toBe(m.account_own_password_wrong());
	endpoint.number = '54321';
	Object.assign(join, { password });
	expect(await join.join()).toBe(false);
	expect(join.problem).toBe(m.join_wrong_number({ number: '54321', own: school.number }));
	expect(replica.membership).toBeNull();
});

test('a move that was begun is given up, unless the server has opened the school', async () => {
	const { endpoint, openPage } = await setUp();
	endpoint.loses = 'question';
	void (await openPage()).join.join();
	await expect.poll(() => endpoint.asked.at(-1)).toBe('POST /api/join/open');
	const { join, replica } = await openPage();
	endpoint.opened = true;
	await join.giveUp();
	expect(join.problem).toBe(m.join_no_invitation());
	expect(replica.membership).toMatchObject({ joined: false });
	endpoint.opened = false;
	await join.giveUp();
	expect([join.problem, replica.membership]).toEqual([null, null]);
});

test('a lock forgets the password that was typed', async () => {
	const { openPage } = await setUp();
	const { join } = await openPage();
	expect(join.password).toBe(password);
	join.dispose();
	expect(join.password).toBe('');
});
