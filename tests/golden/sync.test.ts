import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newDeviceKey } from '#lib/crypto/data-key.ts';
import type { Mutation } from '#lib/domain/kernel/mutation.ts';
import { parseInviteToken, parseJoinEnd, parseJoinPart } from '#lib/protocol/join.ts';
import { argsNow } from '#lib/domain/registry/args-now.ts';
import { isMutationName } from '#lib/domain/registry/mutations.ts';
import { parseArgs } from '#lib/protocol/mutation-args.ts';
import { parseEscrowedKey, parseSignedIn, parseSignIn } from '#lib/protocol/session.ts';
import { parseSyncAnswer, type SyncAnswer, type Synced } from '#lib/protocol/sync-answer.ts';
import { parseSyncRequest } from '#lib/protocol/sync-request.ts';
import { DeviceVaults } from '#lib/vault/device/device-vaults.ts';
import { newMembership } from '#lib/vault/pages/head.ts';
import { Vault, vaultSettings } from '#lib/vault/device/vault.ts';
import { IDBFactory as FakeFactory } from 'fake-indexeddb';
import type { App } from '../server/support/app.ts';
import { Browser } from '../server/support/browser.ts';
import { accounts, idOf, schoolId } from './support/cast.ts';
import { Device, platformOf, valueOf } from './support/device.ts';
import { onSqlite, type PutBack } from './support/endpoint.ts';
import { readGoldenJson } from './support/files.ts';
import { allOf, mutationsIn } from './support/kinds.ts';
import { asNow, type GoldenServer, type GoldenVault } from './support/shapes.ts';
import type { Conversations, Exchange } from './support/wire.ts';

interface Row {
	readonly entries: readonly { readonly mutation: Mutation }[];
}

const conversations = readGoldenJson('1/sync.json.gz') as Conversations;
const everything = Object.values(conversations).flat();
const syncs = everything.filter(({ path, status }) => path === '/api/sync' && status === 200);

function answerOf({ answer }: Exchange): SyncAnswer {
	const parsed = parseSyncAnswer(JSON.parse(answer));
	if (!parsed) throw new Error('Not an answer');
	return parsed;
}

function requestOf({ request }: Exchange) {
	const parsed = parseSyncRequest(JSON.parse(request));
	if (!parsed) throw new Error('Not a request');
	return parsed;
}

const synced = syncs.map(answerOf).filter((answer) => answer.kind === 'synced');

describe('what an app of then sent', () => {
	test('is a request of today, with arguments of today, by every mutation', () => {
		const names = new Set<string>();
		for (const { mutations } of syncs.map(requestOf)) {
			for (const { mutation } of mutations) {
				const { name, args } = mutation;
				if (!isMutationName(name)) throw new Error(`${name} is unknown`);
				expect([name, parseArgs(name, args)]).toEqual([name, argsNow(name, args)]);
				names.add(name);
			}
		}
		expect(mutationsIn(1).filter((name) => !names.has(name))).toEqual([]);
	});

	test('is taken with the arguments that waited in outboxes of every version', () => {
		const files = ['outbox-1', 'outbox-3', 'outbox-4', 'outbox-import-2'];
		const waiting = files.flatMap((name) => {
			const { rows } = readGoldenJson(`outbox/${name}.json`) as { readonly rows: readonly Row[] };
			return rows.flatMap(({ entries }) => entries.map(({ mutation }) => mutation));
		});
		for (const { name, args } of waiting) {
			if (!isMutationName(name)) throw new Error(`${name} is unknown`);
			expect([name, parseArgs(name, args)]).toEqual([name, argsNow(name, args)]);
		}
		expect(waiting.length).toBeGreaterThan(50);
	});

	test('brought passwords, a cookie in the middle of a reading, and an outbox in parts', () => {
		const requests = syncs.map(requestOf);
		expect(requests.some(({ cookie }) => cookie?.reading)).toBe(true);
		expect(requests.some(({ unsent }) => unsent)).toBe(true);
		const kinds = requests.flatMap(({ mutations }) =>
			mutations.flatMap(({ secrets }) => Object.values(secrets ?? {}).map(({ kind }) => kind))
		);
		expect(new Set(kinds)).toEqual(new Set(['image', 'temporary', 'word']));
	});

	test('is read about joining and signing in too', () => {
		const parsers: Readonly<Record<string, (value: unknown) => unknown>> = {
			'/api/join/invitation': parseInviteToken,
			'/api/join': parseJoinPart,
			'/api/join/open': parseJoinEnd,
			'/api/session': parseSignIn,
			'/api/escrow': parseEscrowedKey
		};
		const asked = everything.filter(({ path }) => path in parsers);
		expect(new Set(asked.map(({ path }) => path)).size).toBe(Object.keys(parsers).length);
		for (const { path, request } of asked) {
			expect([path, parsers[path]?.(JSON.parse(request))]).not.toEqual([path, null]);
		}
		const signedIn = everything.filter(({ path }) => path === '/api/session');
		for (const { answer } of signedIn) expect(parseSignedIn(JSON.parse(answer))).not.toBeNull();
	});
});

describe('what a server of then answered', () => {
	test('is an answer of today, of every sort', () => {
		const every: Readonly<Record<SyncAnswer['kind'], true>> = {
			synced: true,
			renumber: true,
			update: true
		};
		expect(new Set(syncs.map((each) => answerOf(each).kind))).toEqual(new Set(Object.keys(every)));
	});

	test('put, removed, took scopes away, refused, and came in parts', () => {
		const some = (test: (answer: Synced) => boolean) => synced.some(test);
		expect(some(({ puts }) => puts.length > 0)).toBe(true);
		expect(some(({ removes }) => removes.length > 0)).toBe(true);
		expect(some(({ lostScopes }) => lostScopes.length > 0)).toBe(true);
		expect(some(({ more }) => more)).toBe(true);
		expect(some(({ afresh }) => afresh)).toBe(true);
		const refusals = synced.flatMap(({ results }) =>
			results.flatMap(({ refusal }) => refusal ?? [])
		);
		expect(new Set(refusals.map(({ code }) => code))).toEqual(
			new Set([
				'alreadyExists',
				'emailNotConfirmed',
				'notAllowed',
				'passwordNotAccepted',
				'userNameTaken'
			])
		);
	});

	test('fills a device of today with all that it told', async () => {
		const { at, version, records } = readGoldenJson('1/sync-reader.json.gz') as GoldenVault;
		const platform = platformOf(new FakeFactory(), () => Date.parse(at));
		const { id: accountId } = accounts.colleague;
		const opened = { vaultId: idOf('vault'), accountId, key: await newDeviceKey() };
		const vault = new Vault(platform, vaultSettings, opened);
		await vault.initialise(newMembership(schoolId, true));
		const device = await Device.open({ vaults: new DeviceVaults(platform), vault, platform });
		const told = (conversations['reader'] ?? []).filter(({ path }) => path === '/api/sync');
		const left = told.map(answerOf);
		while (left.length > 0) {
			const next = () => Promise.resolve(left.shift() ?? ({ kind: 'offline' } as const));
			expect(await device.round({ post: next })).toEqual({ kind: 'done' });
		}
		valueOf(await device.replica.loadHistory());
		expect(allOf(device.replica.state)).toEqual(asNow(records, version));
		await device.close();
	});
});

describe('requests of then that come again', () => {
	const { at } = readGoldenJson('1/server.json.gz') as GoldenServer;
	let place: PutBack;
	let app: App;
	beforeAll(async () => {
		place = await onSqlite('1/server.sqlite.gz');
		app = await place.start(at);
	});
	afterAll(async () => {
		await app.stop();
		await place.remove();
	});

	test('are answered by a server of today as they were then', async () => {
		const { cookie } = readGoldenJson('1/vault-administrator.json') as GoldenVault;
		const browser = new Browser(app);
		const sent = conversations['administrator'] ?? [];
		const [signIn] = sent.filter(({ path }) => path === '/api/session');
		browser.cookie = cookie;
		browser.key = parseSignedIn(JSON.parse(signIn?.answer ?? ''))?.key ?? null;
		let results = 0;
		for (const exchange of sent.filter(({ path }) => path === '/api/sync')) {
			if (requestOf(exchange).mutations.length === 0) continue;
			const { status, body } = await browser.post('/api/sync', null, { raw: exchange.request });
			expect(status).toBe(200);
			const [now, then] = [parseSyncAnswer(body), answerOf(exchange)];
			if (now?.kind !== 'synced' || then.kind !== 'synced') throw new Error('Not synced');
			expect(now.results).toEqual(then.results);
			results += now.results.length;
		}
		expect(results).toBeGreaterThan(20);
	});
});
