import { afterEach, beforeEach, expect, test } from 'vitest';
import { startApp, type App } from './support/app.ts';
import { addSchool, people } from './support/school.ts';
import { browserOf, pass } from './support/sign-in.ts';

let app: App;
beforeEach(async () => {
	app = await startApp();
	await addSchool(app);
});
afterEach(() => app.stop());

test('requests to sync that are no requests count too, and are not read beyond that', async () => {
	const guardian = await browserOf(app, 'guardian');
	const { syncsByAccount } = app.endpoint.requests;
	const { account } = people.guardian;
	const at = app.now.getTime();
	let heard = 0;
	while (heard < 10_000 && syncsByAccount.take(account, at) === 0) heard++;
	expect(heard).toBeLessThan(10_000);
	const raw = JSON.stringify({ mutations: 'x'.repeat(1_000_000) });
	expect(await guardian.send('POST', '/api/sync', { raw })).toMatchObject({ status: 429 });
	pass(app, 1);
	expect(await guardian.send('POST', '/api/sync', { raw })).toMatchObject({ status: 400 });
});
