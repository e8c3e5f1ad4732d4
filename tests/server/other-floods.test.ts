import { afterEach, beforeEach, expect, test } from 'vitest';
import { quotas } from '#lib/server/limits/quotas.ts';
import { writeUsed } from '#lib/server/limits/quota-table.ts';
import { startApp, type App } from './support/app.ts';
import { Browser, type Reply } from './support/browser.ts';
import { addSchool, people, schoolId } from './support/school.ts';
import { browserOf, pass, signIn } from './support/sign-in.ts';

/**
 * Floods that fill the audit log, which nobody may shorten, without a mutation that a device sends.
 */

let app: App;
beforeEach(async () => {
	app = await startApp();
	await addSchool(app);
});
afterEach(() => app.stop());

async function auditEntries(): Promise<number> {
	return app.endpoint.store.read(schoolId, async ({ db }) => {
		return (await db.selectFrom('audit').select('seq').execute()).length;
	});
}

/** As if an account had been at it: so many more and it has to wait. */
function spend(account: string, left: number): void {
	const { admissionsByAccount } = app.endpoint.limits;
	const key = `${schoolId} ${account}`;
	const at = app.now.getTime();
	let most = 0;
	while (admissionsByAccount.take(key, at) === 0) if (++most > 1_000) throw new Error('No limit');
	pass(app, left);
}

test('who signs in for as long as it is let has to wait, and is no wrong password', async () => {
	spend(people.child.account, 2);
	const replies: Reply[] = [];
	for (let at = 0; at < 3; at++) replies.push(await signIn(new Browser(app), 'child'));
	expect(replies.map(({ status }) => status)).toEqual([200, 200, 429]);
	expect(replies[2]?.body).toMatchObject({ code: 'wait', retryAfter: 60 });
	expect(await auditEntries()).toBe(2);
	// Of nobody else, and not for long.
	expect((await signIn(new Browser(app), 'guardian')).status).toBe(200);
	for (let at = 0; at < 10; at++) await signIn(new Browser(app), 'child');
	pass(app, 1);
	expect((await signIn(new Browser(app), 'child')).status).toBe(200);
});

test('who changes an own password for as long as it is let has to wait', async () => {
	const guardian = await browserOf(app, 'guardian');
	spend(people.guardian.account, 1);
	const { password: current } = people.guardian;
	const change = (from: string, password: string) =>
		guardian.post('/api/session/password', { current: from, password });
	expect((await change(current, 'Sneeuwpop4')).status).toBe(200);
	expect(await change('Sneeuwpop4', 'Sneeuwpop5')).toMatchObject({ status: 429 });
	expect(await auditEntries()).toBe(1);
});

test('who signs others out for as long as it is let has to wait', async () => {
	const administrator = await browserOf(app, 'administrator');
	const { account } = people.administrator;
	// All but two of its hour.
	const left = (2 / quotas.administration.mutations) * 3_600_000;
	const until = new Date(app.now.getTime() + 3_600_000 - left).toISOString();
	const used = { mutationsUntil: until, bytesUntil: app.now.toISOString() };
	await app.endpoint.store.write(schoolId, (tx) => writeUsed(tx, account, used));
	const statuses: number[] = [];
	for (let at = 0; at < 4; at++) {
		const asked = { account: people.child.account, device: null, wipe: false };
		statuses.push((await administrator.delete('/api/account-devices', asked)).status);
	}
	expect(statuses).toEqual([200, 200, 429, 429]);
	expect(await auditEntries()).toBe(2);
});
