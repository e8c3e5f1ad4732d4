import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startApp, type App } from './support/app.ts';
import { Browser, type Reply } from './support/browser.ts';
import { askReset, mailsOn } from './support/mails.ts';
import { addSchool, people, schoolId } from './support/school.ts';
import { browserOf, pass, signIn } from './support/sign-in.ts';

let app: App;
let browser: Browser;
beforeEach(async () => {
	app = await startApp();
	await addSchool(app);
	browser = new Browser(app);
});
afterEach(() => app.stop());

const mails = (count: number) => mailsOn(browser, count);
const ask = (userName: string, language?: string) => askReset(browser, userName, language);

function tokenIn(mail: string, path: string): string {
	return new RegExp(`href="[^"]*${path}#([^"]+)"`).exec(mail)?.[1] ?? '';
}

function use(token: string, more: object = {}): Promise<Reply> {
	const { userName } = people.guardian;
	return browser.post('/api/reset/use', { token, userName, password: 'Sneeuwpop4', ...more });
}

describe('a forgotten password', () => {
	test('is replaced by the link of a mail, once, and other sign-ins end', async () => {
		const elsewhere = await browserOf(app, 'guardian');
		await ask('jvanderberg');
		const [mail = ''] = await mails(1);
		expect(mail).toContain('Aan: ouder@example.org');
		expect(mail).toContain('Beste Jan van der Berg,');
		expect(mail).toContain('tot 23 november 2026 om 10:30');
		expect(mail).toContain('mevrouw Claes');
		expect(mail).toMatch(/IP-adres: (?:::ffff:)?127\.0\.0\.1/);
		const token = tokenIn(mail, '/wachtwoord');
		expect((await use(token, { password: 'kort' })).body).toEqual({ code: 'weakPassword' });
		expect((await use(token)).status).toBe(200);
		expect((await elsewhere.get('/api/session')).body).toEqual({ code: 'signedOut' });
		expect((await signIn(browser, 'guardian')).body).toEqual({ code: 'wrongPassword' });
		expect((await signIn(browser, 'guardian', { password: 'Sneeuwpop4' })).status).toBe(200);
		expect((await use(token, { password: 'Sneeuwpop5' })).body).toEqual({ code: 'linkExpired' });
	});

	test('is mailed in the language that the app speaks', async () => {
		await ask('ouder@example.org', 'en');
		expect((await mails(1))[0]).toContain('Change your password for Basisschool De Sleutel');
	});

	test('gets no mail without an address, on a card of a basic account, or while blocked', async () => {
		await ask('kjanssen');
		await ask('noor.maes');
		await ask('nobody.here');
		await ask('jvanderberg');
		expect((await mails(1))[0]).toContain('ouder@example.org');
	});

	test('keeps its link no longer than it says', async () => {
		await ask('jvanderberg');
		const token = tokenIn((await mails(1))[0] ?? '', '/wachtwoord');
		pass(app, 61);
		expect((await use(token)).body).toEqual({ code: 'linkExpired' });
	});

	test('asks for the user name, and its link dies of wrong ones', async () => {
		await ask('jvanderberg');
		const token = tokenIn((await mails(1))[0] ?? '', '/wachtwoord');
		for (let at = 0; at < 4; at++) {
			const wrong = await use(token, { userName: `guess ${at}` });
			expect(wrong.body).toEqual({ code: 'wrongPassword' });
		}
		expect((await use(token, { userName: people.teacher.userName })).body).toEqual({
			code: 'linkExpired'
		});
		expect((await use(token)).body).toEqual({ code: 'linkExpired' });
	});

	test('Dit ben ik niet kills the link, and the administration hears of it, once', async () => {
		await ask('jvanderberg');
		const token = tokenIn((await mails(1))[0] ?? '', '/dit-ben-ik-niet');
		pass(app, 1);
		for (let at = 0; at < 2; at++) {
			expect((await browser.post('/api/reset/refuse', { token })).status).toBe(200);
		}
		expect((await use(token)).body).toEqual({ code: 'linkExpired' });
		const [told = ''] = await mails(2);
		expect(told).toContain('Aan: beheer@school.example');
		expect(told).toContain('jvanderberg');
		const reports = await app.endpoint.schools.read(schoolId, ({ state }) =>
			Promise.resolve([...state.all('signInReport')])
		);
		expect(reports).toMatchObject([{ accountId: people.guardian.account }]);
		expect((await signIn(browser, 'guardian')).status).toBe(200);
	});

	test('fills nobody’s mailbox: three mails, then none for a while', async () => {
		for (let at = 0; at < 8; at++) expect((await ask('jvanderberg')).status).toBe(202);
		await mails(3);
		pass(app, 20);
		await ask('jvanderberg');
		await mails(4);
	});

	test('asked for too often from one address has to wait', async () => {
		const replies: Reply[] = [];
		for (let at = 0; at < 31; at++) replies.push(await ask(`name ${at}`));
		expect(replies.at(29)?.status).toBe(202);
		expect([replies.at(30)?.status, replies.at(30)?.headers.get('retry-after')]).toEqual([
			429,
			'60'
		]);
	});

	test.each(['', 'x', `${schoolId}.${'a'.repeat(43)}`, `nowhere.${'a'.repeat(43)}`])(
		'with the made-up link %j nobody gets anywhere',
		async (token) => {
			const expected = { code: token.includes('.') ? 'linkExpired' : 'badRequest' };
			expect((await use(token)).body).toEqual(expected);
			expect((await browser.post('/api/reset/refuse', { token })).body).toEqual(expected);
		}
	);

	test('the store holds neither the mail in plain nor the token of its link', async () => {
		app.endpoint.due.poke();
		await ask('jvanderberg');
		const token = tokenIn((await mails(1))[0] ?? '', '/wachtwoord');
		const rows = await app.endpoint.store.read(schoolId, ({ db }) =>
			db.selectFrom('reset').selectAll().execute()
		);
		expect(rows).toHaveLength(1);
		expect(JSON.stringify(rows)).not.toContain(token.split('.')[1]);
	});
});

describe('an e-mail address', () => {
	const change = (from: Browser, more: object = {}): Promise<Reply> =>
		from.post('/api/email', {
			address: 'nieuw@example.org',
			password: people.guardian.password,
			language: 'nl',
			...more
		});

	test('changes once its mail is answered, and the old one is told', async () => {
		const guardian = await browserOf(app, 'guardian');
		expect((await change(guardian)).status).toBe(202);
		const [mail = ''] = await mails(1);
		expect(mail).toContain('Aan: nieuw@example.org');
		expect(
			(await signIn(new Browser(app), 'guardian', { userName: 'nieuw@example.org' })).status
		).toBe(401);
		const token = tokenIn(mail, '/e-mail-bevestigen');
		pass(app, 1);
		expect((await browser.post('/api/email/confirm', { token })).status).toBe(200);
		const [told = ''] = await mails(2);
		expect(told).toContain('Aan: ouder@example.org');
		expect(told).toContain('gewijzigd in nieuw@example.org');
		expect(
			(await signIn(new Browser(app), 'guardian', { userName: 'nieuw@example.org' })).status
		).toBe(200);
		expect((await browser.post('/api/email/confirm', { token })).body).toEqual({
			code: 'linkExpired'
		});
	});

	test('of a pupil with an advanced account is linked the same way', async () => {
		const pupil = new Browser(app);
		await signIn(pupil, 'pupil');
		const { password: current } = people.pupil;
		await pupil.post('/api/session/password', { current, password: 'Sneeuwpop4' });
		const asked = { address: 'lina@example.org', password: 'Sneeuwpop4' };
		expect((await change(pupil, asked)).status).toBe(202);
		const token = tokenIn((await mails(1))[0] ?? '', '/e-mail-bevestigen');
		expect((await browser.post('/api/email/confirm', { token })).status).toBe(200);
		expect(
			(await signIn(browser, 'pupil', { userName: 'lina@example.org', password: 'Sneeuwpop4' }))
				.status
		).toBe(200);
		const child = await browserOf(app, 'child');
		const onCard = await change(child, { password: people.child.password });
		expect(onCard.body).toEqual({ code: 'notAllowed' });
	});

	test('needs the password: a browser left open gives nobody the account', async () => {
		const guardian = await browserOf(app, 'guardian');
		expect((await change(guardian, { password: 'guess' })).body).toEqual({ code: 'wrongPassword' });
		expect((await change(browser)).body).toEqual({ code: 'signedOut' });
		await mails(0);
	});

	test('links of another kind do not confirm it', async () => {
		await ask('jvanderberg');
		const token = tokenIn((await mails(1))[0] ?? '', '/wachtwoord');
		expect((await browser.post('/api/email/confirm', { token })).body).toEqual({
			code: 'linkExpired'
		});
	});

	test.each([
		'a@b.nl\r\nBcc: c@d.nl',
		'a@b.nl, c@d.nl',
		'Jan <a@b.nl>',
		'no address',
		`${'a'.repeat(250)}@b.nl`
	])('%j is none', async (address) => {
		const guardian = await browserOf(app, 'guardian');
		expect((await change(guardian, { address })).body).toEqual({ code: 'badRequest' });
	});
});
