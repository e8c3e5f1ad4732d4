import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startApp, type App } from './support/app.ts';
import { Browser } from './support/browser.ts';
import { addSchool, people, schoolId, type PersonName } from './support/school.ts';
import { pass } from './support/sign-in.ts';

let app: App;
let browser: Browser;
beforeEach(async () => {
	app = await startApp();
	await addSchool(app);
	browser = new Browser(app);
});
afterEach(() => app.stop());

const request = (userName: string, school = schoolId) =>
	browser.post('/api/reset', { school, userName, language: 'nl' });
const look = async (token: string) => (await browser.post('/api/reset/look', { token })).body;

/** The token in the newest mail about a password. */
async function tokenFor(name: PersonName): Promise<string> {
	await request(people[name].userName);
	return vi.waitFor(async () => {
		const { body } = await browser.get('/api/mail');
		const [, token] = /\/wachtwoord#([\w.-]+)/.exec(String(body)) ?? [];
		if (token === undefined) throw new Error('no mail yet');
		return token;
	}, 10_000);
}

test('a person who asks for a password hears whom to ask, account or not', async () => {
	const contact = 'mevrouw Claes, beheer@school.example';
	for (const userName of [people.guardian.userName, 'nobody', people.child.userName]) {
		expect((await request(userName)).body).toEqual({ contact });
	}
	expect((await request('nobody', 'nowhere')).body).toEqual({ contact: null });
});

test('a link says what the password has to keep, without being used up', async () => {
	const token = await tokenFor('guardian');
	expect(await look(token)).toEqual({ rules: 'own' });
	expect(await look(token)).toEqual({ rules: 'own' });
});

test('staff are held to the rules of staff', async () => {
	expect(await look(await tokenFor('administrator'))).toEqual({ rules: 'staff' });
});

test('a link that was refused, or is too old, says so before anything is typed', async () => {
	const token = await tokenFor('guardian');
	pass(app, 61);
	expect(await look(token)).toEqual({ code: 'linkExpired' });
	const other = await tokenFor('administrator');
	await browser.post('/api/reset/refuse', { token: other });
	expect(await look(other)).toEqual({ code: 'linkExpired' });
	expect(await look(`${schoolId}.${'x'.repeat(43)}`)).toEqual({ code: 'linkExpired' });
});
