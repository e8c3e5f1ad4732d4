import { importDataKey, withoutExport } from '#lib/crypto/data-key.ts';
import { newId } from '#lib/crypto/random.ts';
import { actorFor } from '#lib/domain/accounts/actors.ts';
import type { ImportedRecord } from '#lib/domain/import/imported-record.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import type { SchoolState } from '#lib/domain/registry/state.ts';
import { now, today } from '#lib/client/browser/clock.ts';
import { command } from '#lib/client/session/session.svelte.ts';
import { HttpTransport } from '#lib/sync/http-transport.ts';
import { oneTab } from '#lib/sync/one-tab.ts';
import { SyncLoop, type SyncStatus } from '#lib/sync/sync-loop.ts';
import { DeviceVaults, type OpenVault } from '#lib/vault/device/device-vaults.ts';
import { Vault, vaultSettings } from '#lib/vault/device/vault.ts';
import { entriesOf, openedRecords, platform } from './support/seed-school.ts';

/** The keys that open a vault once more after its page was loaded again. */
export interface Kept {
	readonly vaultId: string;
	readonly accountId: Id;
	/** As the server would keep it: deriving one from a password is not measured here. */
	readonly key: string;
}

interface Device extends OpenVault {
	readonly loop: SyncLoop;
}

let device: Device | undefined;

/** Milliseconds from nothing until all that the server has lies in a vault. */
export async function firstLoad(
	schoolId: Id,
	accountId: Id
): Promise<{ readonly ms: number; readonly kept: Kept }> {
	let key = '';
	const keep = (_: string, made: string) => {
		key = made;
		return Promise.resolve(true);
	};
	const account = { accountId, userName: 'mmeter', displayName: 'Miet Meter' };
	const start = performance.now();
	const created = await new DeviceVaults(platform()).joined.create(
		{ schoolId, schoolName: 'De Meetlat', account, offline: null },
		keep
	);
	if (!created.ok) throw new Error(created.refusal.code);
	device = withLoop(created.value);
	device.loop.start();
	await until(device.loop, ({ working, lastContact }) => !working && lastContact !== null);
	const ms = performance.now() - start;
	return { ms, kept: { vaultId: created.value.vault.vaultId, accountId, key } };
}

export interface Reopened {
	/** Milliseconds until a list of 25 pupils stands on the page. */
	readonly list: number;
	/** Milliseconds until every record was there to be read. */
	readonly all: number;
	readonly records: number;
}

/** Opens a vault that an earlier page made. */
export async function reopen({ vaultId, accountId, key: text }: Kept): Promise<Reopened> {
	const key = await withoutExport(await importDataKey(text));
	const start = performance.now();
	const vault = new Vault(platform(), vaultSettings, { vaultId, accountId, key });
	const opened = await vault.open();
	if (!opened.ok) throw new Error(opened.refusal.code);
	const { state } = opened.value;
	const records = openedRecords(state).length;
	const all = performance.now() - start;
	showList(state);
	await painted();
	const list = performance.now() - start;
	device = withLoop({ vault, replica: opened.value });
	return { list, all, records };
}

/** Starts to send and read, and comes to rest. */
export async function follow(): Promise<void> {
	const { loop } = use();
	let asked = false;
	loop.start();
	loop.poke();
	await until(loop, ({ working }) => {
		asked ||= working;
		return asked && !working;
	});
}

/** Changes so many phone numbers without a connection. */
export async function changeOffline(count: number): Promise<void> {
	const { replica, loop, vault } = use();
	loop.stop();
	const { state } = replica;
	const actor = actorFor(vault.accountId, state, today());
	const [run] = state.all('importRun');
	if (!actor || !run) throw new Error('Nothing to change with');
	const commands = [...state.all('guardianContact')].slice(0, count).map(({ kind, id, phone }) => {
		const record: ImportedRecord = { kind, id, edit: { phone: [phone, newPhone()] } };
		return command('import.write@1', { importRunId: run.id, records: [record] });
	});
	if (commands.length < count) throw new Error('Too few people');
	const entries = entriesOf(commands, actor).map(alone);
	const done = await replica.commitEntries(entries);
	if (!done.ok) throw new Error(JSON.stringify(done.refusal));
}

/** Milliseconds from a connection until the server has all of it, and the vault knows. */
export async function push(): Promise<number> {
	const { loop, replica } = use();
	const start = performance.now();
	loop.start();
	await until(loop, ({ waiting, working }) => waiting === 0 && !working);
	const ms = performance.now() - start;
	if (replica.refused > 0) throw new Error('The endpoint refused some of it');
	return ms;
}

/** Milliseconds from a poke until these phone numbers are in the vault and in the state. */
export async function pull(expected: readonly (readonly [Id, string])[]): Promise<number> {
	const { loop, replica } = use();
	const isThere = () =>
		expected.every(([id, phone]) => replica.state.get('pupilContact', id)?.phone === phone);
	if (isThere()) throw new Error('Nothing to pull');
	const start = performance.now();
	loop.poke();
	await new Promise<void>((resolve) => {
		const stop = replica.subscribe(() => {
			if (!isThere()) return;
			stop();
			resolve();
		});
	});
	return performance.now() - start;
}

/**
 * Milliseconds that nothing which asks over HTTP and keeps what it hears can be under: as many bytes
 * over the wire and durably onto the disk, and nothing done with them.
 */
export async function wireAndDisk(file: string): Promise<number> {
	const database = await emptyDatabase();
	const start = performance.now();
	const bytes = await (await fetch(file, { cache: 'no-store' })).arrayBuffer();
	await new Promise((resolve, reject) => {
		const transaction = database.transaction('rows', 'readwrite', { durability: 'strict' });
		transaction.objectStore('rows').put(bytes, 0);
		transaction.oncomplete = resolve;
		transaction.onabort = () => reject(new Error('Not written', { cause: transaction.error }));
	});
	const ms = performance.now() - start;
	database.close();
	return ms;
}

function emptyDatabase(): Promise<IDBDatabase> {
	const request = indexedDB.open('bare', 1);
	request.onupgradeneeded = () => request.result.createObjectStore('rows');
	return new Promise((resolve, reject) => {
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(new Error('Not opened', { cause: request.error }));
	});
}

function withLoop({ vault, replica }: OpenVault): Device {
	const loop = new SyncLoop({
		replica,
		account: vault.accountId,
		transport: new HttpTransport(() => null),
		clock: {
			now: Date.now,
			random: Math.random,
			after: (milliseconds, work) => {
				const timer = setTimeout(work, milliseconds);
				return () => clearTimeout(timer);
			}
		},
		alone: oneTab(navigator.locks, `bench-${vault.vaultId}`, Date.now),
		online: () => navigator.onLine,
		wipe: () => Promise.reject(new Error('Nobody asked for that'))
	});
	return { vault, replica, loop };
}

async function until(loop: SyncLoop, isSo: (status: SyncStatus) => boolean): Promise<void> {
	await new Promise<void>((resolve, reject) => {
		const stop = loop.subscribe((status) => {
			if (status.trouble) reject(new Error(status.trouble));
			if (!isSo(status)) return;
			stop();
			resolve();
		});
	});
}

function showList(state: SchoolState): void {
	const list = document.createElement('ol');
	const names = [...state.all('pupil')]
		.map(({ givenName, familyName, id }) => {
			const [leerId] = state.find('leerIdByPupil', id);
			return `${familyName}, ${givenName} (${leerId?.userName ?? ''})`;
		})
		.sort((one, other) => one.localeCompare(other, 'nl'));
	for (const name of names.slice(0, 25)) {
		const item = document.createElement('li');
		item.textContent = name;
		list.append(item);
	}
	document.body.replaceChildren(list);
}

async function painted(): Promise<void> {
	await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}

/** Made by itself, and not as part of a bulk action. */
function alone<E extends { readonly mutation: { readonly batch: Id | null } }>(entry: E): E {
	return { ...entry, mutation: { ...entry.mutation, batch: null, madeAt: now() } };
}

function newPhone(): string {
	return `04${newId().slice(0, 8)}`;
}

function use(): Device {
	if (!device) throw new Error('No vault is open');
	return device;
}
