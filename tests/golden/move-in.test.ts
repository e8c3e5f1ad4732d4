import { expect, test } from 'vitest';
import type { AnyRecord } from '#lib/domain/registry/records.ts';
import { startApp } from '../server/support/app.ts';
import { accounts, passwords } from './support/cast.ts';
import { valueOf } from './support/device.ts';
import { readGoldenJson } from './support/files.ts';
import { allOf, sorted } from './support/kinds.ts';
import { moveIn } from './support/move-in.ts';
import type { GoldenVault } from './support/shapes.ts';
import { Visitor } from './support/visitor.ts';

test.each([
	'vault-1/vault-local.json',
	'vault-3/vault-local.json',
	'1/vault-local.json',
	'1/vault-moving.json'
])('a school of then moves to a server of today, whole: %s', async (path) => {
	const { dump, at, waiting } = readGoldenJson(path) as GoldenVault;
	const app = await startApp();
	app.now = new Date(Date.parse(at) + 60_000);
	const visitor = await moveIn(app, dump);
	const { replica } = visitor.device;
	await visitor.sync();
	expect([replica.waiting.length, replica.refused]).toEqual([0, 0]);
	valueOf(await replica.loadHistory());
	const [school] = replica.state.all('school');
	const bodies = await app.endpoint.store.read(school?.id ?? '', ({ db }) =>
		db.selectFrom('record').select('body').execute()
	);
	const kept = sorted(bodies.map(({ body }) => JSON.parse(body) as AnyRecord));
	expect(allOf(replica.state)).toEqual(kept);
	const minutes = waiting.length > 0 ? 25 : school?.lockAfterMinutes;
	expect(school?.lockAfterMinutes).toBe(minutes);
	const { userName } = accounts.administrator;
	const typed = { school: school?.id, userName, password: passwords.administrator };
	const device = { vault: null, deviceName: 'Chrome', keyed: true };
	const { status } = await new Visitor(app).browser.post('/api/session', { ...typed, ...device });
	expect(status).toBe(200);
	await visitor.device.close();
	await app.stop();
});
