import { afterEach, beforeEach, expect, test } from 'vitest';
import { startApp, type App } from './support/app.ts';
import { Browser } from './support/browser.ts';
import { addSchool, people, schoolId } from './support/school.ts';
import { signIn } from './support/sign-in.ts';

let app: App;
beforeEach(async () => {
	app = await startApp();
	await addSchool(app);
});
afterEach(() => app.stop());

test('a school says what its image passwords are made of, and nothing else', async () => {
	const browser = new Browser(app);
	expect((await browser.post('/api/schools/pictures', { school: schoolId })).body).toEqual({
		length: 5,
		choices: 20
	});
	expect((await browser.post('/api/schools/pictures', { school: 'nowhere' })).body).toEqual({
		code: 'notFound'
	});
});

test('pictures in another order are another password', async () => {
	const browser = new Browser(app);
	const [first, second, ...rest] = people.pictures.password.split(' ');
	const password = [second, first, ...rest].join(' ');
	expect((await signIn(browser, 'pictures', { password })).body).toEqual({ code: 'wrongPassword' });
	expect((await signIn(browser, 'pictures')).status).toBe(200);
});
