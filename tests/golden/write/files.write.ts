import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { backUp } from '#lib/server/store/backup.ts';
import { openStore, type Place } from '#lib/server/store/open-store.ts';
import { migrations } from '#lib/domain/registry/migrations.ts';
import { schemaAfter } from '#lib/domain/kernel/migrations/migrate.ts';
import { findPostgres } from '../../../scripts/postgres.mjs';
import { startApp } from '../../server/support/app.ts';
import { startPostgres } from '../../support/postgres.ts';
import { endpointKey, schoolId } from '../support/cast.ts';
import { valueOf } from '../support/device.ts';
import { dumpOf, type Dump } from '../support/dump.ts';
import { version as release, writeGolden, writeGoldenJson, writeSums } from '../support/files.ts';
import { allOf } from '../support/kinds.ts';
import { contentsOf } from '../support/server.ts';
import type { GoldenAuditEntry, GoldenServer, GoldenVault } from '../support/shapes.ts';
import { cardsOf } from './card-codes.ts';
import { live, type Life } from './endpoint-life.ts';
import { historyOf } from './histories.ts';
import { localSchool, movingSchool, secretsInUse } from './local-school.ts';
import { goldenSchool } from './school.ts';
import type { Visitor } from '../support/visitor.ts';

const version = schemaAfter(migrations);
const story = goldenSchool();

test('every golden file of this version is written', async () => {
	// So that a dump can hold the key of a device.
	const generate = crypto.subtle.generateKey.bind(crypto.subtle) as (
		...args: [AesKeyGenParams, boolean, KeyUsage[]]
	) => Promise<CryptoKey>;
	vi.spyOn(crypto.subtle, 'generateKey').mockImplementation(((
		algorithm: AesKeyGenParams,
		_: boolean,
		uses: KeyUsage[]
	) => generate(algorithm, true, uses)) as never);
	vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(story.at) });
	const local = await writeLocal();
	writeGoldenJson(`${release}/vault-moving.json`, await movingSchool(local, story.at));
	writeGoldenJson(`${release}/history.json`, historyOf(story, version));
	writeGoldenJson(`${release}/cards.json`, await cardsOf(story));
	await writeOnSqlite(local);
	await writeOnPostgres(local);
	writeSums();
});

async function writeLocal(): Promise<Dump> {
	const dump = await localSchool(story);
	const vault: GoldenVault = {
		version,
		at: story.at,
		cookie: null,
		records: allOf(story.state),
		secrets: secretsInUse(story),
		waiting: [],
		refused: [],
		dump
	};
	writeGoldenJson(`${release}/vault-local.json`, vault);
	return dump;
}

async function writeOnSqlite(local: Dump): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'golden-'));
	const file = join(folder, 'schoolsleutel.sqlite');
	const saved = join(folder, 'backup.sqlite');
	const app = await startApp({ DATA_DIR: folder, ENDPOINT_KEY: endpointKey });
	let contents: GoldenServer | null = null;
	const life = await live(app, local, async () => {
		await backUp(file, saved);
		const place = { kind: 'file', file: saved } as const;
		contents = { version, at: app.now.toISOString(), ...(await contentsAt(place)) };
	});
	const at = app.now.toISOString();
	await writeDevices(life, at);
	await app.stop();
	writeGoldenJson(`${release}/backup.json.gz`, contents);
	writeGolden(`${release}/backup.sqlite.gz`, readFileSync(saved));
	await backUp(file, join(folder, 'whole.sqlite'));
	writeGoldenJson(`${release}/server.json.gz`, {
		version,
		at,
		...(await contentsAt({ kind: 'file', file }))
	});
	writeGolden(`${release}/server.sqlite.gz`, readFileSync(join(folder, 'whole.sqlite')));
	writeGoldenJson(`${release}/audit.json`, await auditAt({ kind: 'file', file }));
	rmSync(folder, { recursive: true });
}

async function writeOnPostgres(local: Dump): Promise<void> {
	const postgres = await startPostgres();
	const programs = findPostgres();
	if (!postgres || !programs) throw new Error('No PostgreSQL');
	const app = await startApp({ DATABASE_URL: postgres.url, ENDPOINT_KEY: endpointKey });
	await live(app, local, () => Promise.resolve());
	const at = app.now.toISOString();
	await app.stop();
	const contents = await contentsAt({ kind: 'postgres', url: postgres.url });
	writeGoldenJson(`${release}/server-postgres.json.gz`, { version, at, ...contents });
	const dumped = ['--no-owner', '--no-privileges', postgres.url];
	writeGolden(
		`${release}/server-postgres.sql.gz`,
		execFileSync(join(programs, 'pg_dump'), dumped, { maxBuffer: 1 << 28 })
	);
	await postgres.stop();
}

async function contentsAt(place: Place) {
	const store = await openStore(place);
	try {
		return await contentsOf(store);
	} finally {
		await store.close();
	}
}

async function auditAt(place: Place): Promise<readonly GoldenAuditEntry[]> {
	const store = await openStore(place);
	const read = store.read(schoolId, ({ db }) =>
		db
			.selectFrom('audit as a')
			.leftJoin('audit_payload as p', (join) => join.onRef('p.seq', '=', 'a.seq'))
			.select(['a.seq', 'a.body', 'a.commitment', 'a.previous', 'a.hash', 'p.payload', 'p.salt'])
			.orderBy('a.seq')
			.execute()
	);
	try {
		return await read;
	} finally {
		await store.close();
	}
}

async function writeDevices(life: Life, at: string): Promise<void> {
	for (const name of ['administrator', 'guardian'] as const) {
		writeGoldenJson(`${release}/vault-${name}.json`, await vaultOf(life[name], at));
	}
	const { administrator, guardian, pupil, reader, others } = life;
	const recorded = { administrator, guardian, pupil, reader };
	const conversations = Object.entries(recorded).map(
		([name, { recorder }]) => [name, recorder.exchanges] as const
	);
	const { state } = reader.device.replica;
	valueOf(await reader.device.replica.loadHistory());
	writeGoldenJson(`${release}/sync.json.gz`, {
		...Object.fromEntries(conversations),
		others
	});
	writeGoldenJson(`${release}/sync-reader.json.gz`, { version, at, records: allOf(state) });
	writeGolden(`${release}/unsent-file.json`, life.unsent);
}

async function vaultOf({ device, browser, factory }: Visitor, at: string): Promise<GoldenVault> {
	const { replica, outbox } = device;
	valueOf(await replica.loadHistory());
	const records = allOf(replica.state);
	const waiting = valueOf(await outbox.entries());
	const refused = valueOf(await outbox.refused());
	expect([waiting.length > 0, refused.length > 0]).toEqual([true, true]);
	const named = [...replica.state.all('leerId')].flatMap(({ secretId }) => secretId ?? []);
	const secrets = Object.fromEntries(valueOf(await replica.secrets(named)));
	const { cookie } = browser;
	await device.close();
	const dump = await dumpOf(factory);
	return { version, at, cookie, records, secrets, waiting, refused, dump };
}
