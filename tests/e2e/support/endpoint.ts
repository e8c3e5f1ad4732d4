import { mkdtempSync, rmSync } from 'node:fs';
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from '@playwright/test';
import type { Account } from '#lib/domain/accounts/kinds.ts';
import type { Secret } from '#lib/domain/credentials/secret.ts';
import type { AnyRecord } from '#lib/domain/registry/records.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import { openEndpoint } from '#lib/server/process/endpoint.ts';
import type { FiledMail } from '#lib/server/mail/transport.ts';
import { addSchoolRow } from '#lib/server/store/testing/school-row.ts';
import { setVersion, writeChange } from '#lib/server/store/write-change.ts';
import { typedSecret } from '#lib/server/sync/effects.ts';
import { keepSecrets } from '#lib/server/sync/secret-table.ts';
import { startAppServer, type AppServer } from '../../support/app-server.ts';
import { Desk } from '../../support/desk.ts';
import { expect } from './test.ts';

/** Everything that a school holds when it opens. */
export interface OpenedSchool {
	readonly id: Id;
	readonly name: string;
	readonly number: string;
	readonly records: readonly AnyRecord[];
	readonly passwords: readonly { readonly id: Id; readonly account: Id; readonly secret: Secret }[];
}

/** The built app with its server, and one school that is open on it. */
export class SchoolServer {
	readonly origin: string;
	readonly #app: AppServer;
	readonly #folder: string;
	/** As it was when the server started. */
	readonly school: OpenedSchool;

	private constructor(app: AppServer, folder: string, school: OpenedSchool) {
		this.origin = app.origin;
		this.#app = app;
		this.#folder = folder;
		this.school = school;
	}

	static async start(school: OpenedSchool): Promise<SchoolServer> {
		const folder = await mkdtemp(join(tmpdir(), 'endpoint-e2e-'));
		await cp(await filled(school), folder, { recursive: true });
		const port = await freePort();
		const app = await startAppServer({
			port,
			env: { DATA_DIR: folder, ORIGIN: `http://localhost:${port}` }
		});
		return new SchoolServer(app, folder, school);
	}

	async stop(): Promise<void> {
		await this.#app.stop();
		await rm(this.#folder, { recursive: true });
	}

	/** The newest mail to an address, once it has been sent. */
	async mailTo(address: string, subject: RegExp): Promise<FiledMail> {
		const folder = join(this.#folder, 'mail');
		let found: FiledMail | undefined;
		await expect(async () => {
			const files = (await readdir(folder)).filter((file) => file.endsWith('.json')).sort();
			const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
			const mails = texts.map((text) => JSON.parse(text) as FiledMail);
			found = mails.findLast(({ to, subject: about }) => to === address && subject.test(about));
			expect(found).toBeDefined();
		}).toPass({ timeout: 15_000 });
		if (!found) throw new Error('no such mail');
		return found;
	}

	/** The account of a member of staff, as it was when the server started. */
	account(userName: string): Account {
		for (const record of this.school.records) {
			if (record.kind === 'account' && record.userName === userName) return record;
		}
		throw new Error(`No account ${userName}`);
	}

	/** A device of somebody of the administration that needs no screen. */
	desk(who: { readonly userName: string; readonly password: string }): Promise<Desk> {
		return Desk.open({ url: this.origin }, { school: this.school.id, ...who });
	}
}

/** Stops a server that pages still listen to: they would complain that it has gone. */
export async function stopAfter(
	browser: Browser,
	server: { stop(): Promise<void> }
): Promise<void> {
	for (const context of browser.contexts()) await context.close();
	await server.stop();
}

const filledFolders = new WeakMap<OpenedSchool, Promise<string>>();

/** The folder of a server that is not running and has this school; to be copied. */
function filled(school: OpenedSchool): Promise<string> {
	const known = filledFolders.get(school);
	if (known) return known;
	const folder = mkdtempSync(join(tmpdir(), 'endpoint-filled-'));
	process.on('exit', () => rmSync(folder, { recursive: true }));
	const made = fill({ DATA_DIR: folder }, school).then(() => folder);
	filledFolders.set(school, made);
	return made;
}

/** Puts a school in the store of a server that is not running, its passwords hashed. */
async function fill(env: { readonly DATA_DIR: string }, school: OpenedSchool): Promise<void> {
	const { keys, store, passwords, close } = await openEndpoint(env, { log: () => undefined });
	const at = new Date().toISOString();
	const { id, name, number } = school;
	await addSchoolRow(store, { id, at, name, number });
	const hashes = await Promise.all(
		school.passwords.map(async ({ id: secretId, secret }) => ({
			secretId,
			hash: await passwords.hash(typedSecret(secret))
		}))
	);
	await store.write(id, async (tx) => {
		await writeChange(tx, { puts: school.records, removes: [] }, { version: 1, at });
		await setVersion(tx, 1);
		await keepSecrets(tx, school.passwords, { keys, now: at });
		// Each server would hash them again, in the middle of a test.
		for (const { secretId, hash } of hashes) {
			const kept = tx.db.updateTable('secret').set({ hash, sealed: null });
			await kept.where('id', '=', secretId).execute();
		}
	});
	await close();
}

async function freePort(): Promise<number> {
	const server = createServer().listen(0);
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	server.close();
	await once(server, 'close');
	return port;
}
