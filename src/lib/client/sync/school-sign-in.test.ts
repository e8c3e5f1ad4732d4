import { expect, onTestFinished, test, vi } from 'vitest';
import { newId } from '#lib/crypto/random.ts';
import { DeviceVaults } from '#lib/vault/device/device-vaults.ts';
import {
	actor,
	entry,
	group,
	signature,
	testPlatform,
	testSettings,
	valueOf
} from '#lib/vault/test-kit.ts';
import type { Vault } from '#lib/vault/device/vault.ts';
import { openAdmitted, signInAtSchool, signInBeside } from './school-sign-in.ts';

const school = { id: 'school-1', name: 'De Wegwijzer' };
const password = 'correct horse battery';
const typed = { school, userName: 'jansen', password };

/** A server that knows one account by name and address, and keeps keys. */
class FakeEndpoint {
	password = password;
	signedIn: string | null = null;
	/** Of the session; null: an app of before there were keys signed in. */
	sessionKey: string | null = null;
	keepsKeys = true;
	online = true;
	readonly keys = new Map<string, string>();
	readonly asked: { method: string; path: string; body: Record<string, unknown> }[] = [];

	readonly send = (path: unknown, { method = 'GET', body = '{}', headers }: RequestInit = {}) => {
		if (!this.online) return Promise.reject(new TypeError('Failed to fetch'));
		const read = JSON.parse(body as string) as Record<string, unknown>;
		this.asked.push({ method, path: String(path), body: read });
		const key = new Headers(headers).get('x-session-key');
		return Promise.resolve(this.#answer(`${method} ${String(path)}`, read, key));
	};

	#answer(question: string, body: Record<string, unknown>, brought: string | null): Response {
		const isLocked = this.sessionKey !== null && this.sessionKey !== brought;
		if (question !== 'POST /api/session' && this.signedIn !== null && isLocked) {
			return no(401, 'locked');
		}
		switch (question) {
			case 'GET /api/session':
				return this.signedIn === null ? no(401, 'signedOut') : Response.json(this.#info());
			case 'POST /api/session': {
				if (body['password'] !== this.password) return no(401, 'wrongPassword');
				this.signedIn = actor.id;
				this.sessionKey = body['keyed'] === true ? newId() : null;
				const vault = String(body['vault']);
				const key = this.keys.get(vault);
				return Response.json({
					...this.#info(),
					key: this.sessionKey,
					keys: key === undefined ? [] : [{ vault, key }]
				});
			}
			default:
				if (!this.keepsKeys) return no(503, 'busy');
				this.keys.set(String(body['vault']), String(body['key']));
				return Response.json({});
		}
	}

	#info() {
		const who = { school: school.id, account: this.signedIn, actor, today: '2026-11-21' };
		return { ...who, mustChange: false, offlineHours: 72, keyed: this.sessionKey !== null };
	}
}

function no(status: number, code: string): Response {
	return Response.json({ code }, { status });
}

function setUp() {
	const platform = testPlatform();
	const device = new DeviceVaults({ ...platform, now: () => Date.now() }, testSettings);
	const endpoint = new FakeEndpoint();
	vi.stubGlobal('fetch', endpoint.send);
	vi.stubGlobal('navigator', { ...navigator, locks: navigator.locks, userAgent: 'Firefox Linux' });
	onTestFinished(() => device.close());
	onTestFinished(() => void vi.unstubAllGlobals());
	const enter = async (credentials = typed) => {
		const admission = valueOf(await signInAtSchool(device, credentials));
		const vault = valueOf(await openAdmitted(device, admission, credentials.password));
		onTestFinished(() => vault.close());
		return { vault, replica: valueOf(await vault.open()) };
	};
	return { device, endpoint, enter };
}

test('an account that signs in for the first time gets a vault, of which the server keeps the key', async () => {
	const { device, endpoint, enter } = setUp();
	const { vault } = await enter();
	expect([...endpoint.keys.keys()]).toEqual([vault.vaultId]);
	vault.lock();
	const [listed] = await device.list();
	if (!listed) throw new Error('not listed');
	expect(listed).toMatchObject({ accountId: actor.id, schoolId: school.id });
	valueOf(await device.unlock(listed, password)).close();
});

test('where the server does not take the key, nothing is made', async () => {
	const { device, endpoint } = setUp();
	endpoint.keepsKeys = false;
	const admission = valueOf(await signInAtSchool(device, typed));
	expect(await openAdmitted(device, admission, password)).toMatchObject({
		refusal: { code: 'notEscrowed' }
	});
	expect(await device.list()).toEqual([]);
});

test('a new password opens the vault that is here, with what was not yet sent', async () => {
	const { device, endpoint, enter } = setUp();
	const first = await enter();
	valueOf(await first.replica.commit([entry({ puts: [group('g1', '1A')] })], signature));
	first.vault.lock();
	endpoint.password = 'a new password of twelve';
	const again = await enter({ ...typed, password: endpoint.password });
	expect(again.vault.vaultId).toBe(first.vault.vaultId);
	expect(again.replica.waiting).toHaveLength(1);
	again.vault.lock();
	const [listed] = await device.list();
	if (!listed) throw new Error('not listed');
	expect(await device.unlock(listed, password)).toMatchObject({
		refusal: { code: 'wrongPassword' }
	});
	valueOf(await device.unlock(listed, endpoint.password)).close();
});

test('an e-mail address finds the vault that is here as well', async () => {
	const { enter } = setUp();
	const first = await enter();
	first.vault.lock();
	const again = await enter({ ...typed, userName: 'Jansen@example.org' });
	expect(again.vault.vaultId).toBe(first.vault.vaultId);
});

test('a server that was put back gets the key of what is here again', async () => {
	const { endpoint, enter } = setUp();
	const first = await enter();
	first.vault.lock();
	endpoint.keys.clear();
	const again = await enter();
	expect(again.vault.vaultId).toBe(first.vault.vaultId);
	expect([...endpoint.keys.keys()]).toEqual([first.vault.vaultId]);
});

test('without a connection nothing changes, and it is said', async () => {
	const { device, endpoint } = setUp();
	endpoint.online = false;
	expect(await signInAtSchool(device, typed)).toMatchObject({ refusal: { code: 'offline' } });
});

test('what opens a vault signs in too, once, and not without need', async () => {
	const { device, endpoint, enter } = setUp();
	const { vault } = await enter();
	const signIns = () => endpoint.asked.filter(({ method }) => method === 'POST').length;
	await signInBeside(device, vault, typed);
	expect(signIns()).toBe(1);
	endpoint.signedIn = 'somebody-else';
	await signInBeside(device, vault, typed);
	expect(signIns()).toBe(2);
	expect(endpoint.signedIn).toBe(actor.id);
});

test('a password that the server no longer knows opens nothing any more', async () => {
	const { device, endpoint, enter } = setUp();
	const { vault } = await enter();
	endpoint.password = 'a new password of twelve';
	endpoint.signedIn = null;
	await signInBeside(device, vault, typed);
	vault.lock();
	const [listed] = await device.list();
	if (!listed) throw new Error('not listed');
	expect(await device.unlock(listed, password)).toMatchObject({ refusal: { code: 'onlineOnly' } });
});

test('the key of a session is kept by the vault alone, and is there again once that opens', async () => {
	const { device, endpoint, enter } = setUp();
	const { vault } = await enter();
	expect(vault.sessionKey.value).toBe(endpoint.sessionKey);
	vault.lock();
	expect(vault.sessionKey.value).toBeNull();
	expect(vault.sessionKey.closed.aborted).toBe(true);
	const again = await unlock(device);
	expect(again.sessionKey.value).toBe(endpoint.sessionKey);
	const asked = endpoint.asked.length;
	await signInBeside(device, again, typed);
	expect(endpoint.asked.slice(asked)).toMatchObject([{ method: 'GET' }]);
});

test('a vault that has lost the key of its session signs in again with what opened it', async () => {
	const { device, endpoint, enter } = setUp();
	const { vault, replica } = await enter();
	valueOf(await replica.commit([entry({ puts: [group('g1', '1A')] })], signature));
	await vault.sessionKey.keep('of a session long ago');
	await signInBeside(device, vault, typed);
	expect(vault.sessionKey.value).toBe(endpoint.sessionKey);
	expect(replica.waiting).toHaveLength(1);
});

test('a session of before there were keys gets one with what opens the vault', async () => {
	const { device, endpoint, enter } = setUp();
	const { vault } = await enter();
	await vault.sessionKey.keep(null);
	endpoint.sessionKey = null;
	await signInBeside(device, vault, typed);
	expect(endpoint.sessionKey).not.toBeNull();
	expect(vault.sessionKey.value).toBe(endpoint.sessionKey);
});

test('offline an opened vault keeps the key that it has', async () => {
	const { device, endpoint, enter } = setUp();
	(await enter()).vault.lock();
	endpoint.online = false;
	const again = await unlock(device);
	await signInBeside(device, again, typed);
	expect(again.sessionKey.value).toBe(endpoint.sessionKey);
});

async function unlock(device: DeviceVaults): Promise<Vault> {
	const [listed] = await device.list();
	if (!listed) throw new Error('not listed');
	const vault = valueOf(await device.unlock(listed, password));
	onTestFinished(() => vault.close());
	valueOf(await vault.open());
	return vault;
}
