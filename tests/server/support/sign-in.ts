import type { App } from './app.ts';
import { Browser, type Reply } from './browser.ts';
import { people, schoolId, type PersonName } from './school.ts';

/** Returns what a browser sends to sign somebody in. */
export function credentials(name: PersonName, more: object = {}): object {
	const { userName, password } = people[name];
	return { school: schoolId, userName, password, vault: null, deviceName: 'Chrome', ...more };
}

export function signIn(browser: Browser, name: PersonName, more: object = {}): Promise<Reply> {
	return browser.post('/api/session', credentials(name, more));
}

/** A browser on which somebody is signed in. */
export async function browserOf(app: App, name: PersonName, more: object = {}): Promise<Browser> {
	const browser = new Browser(app);
	const { status, body } = await signIn(browser, name, more);
	if (status !== 200) throw new Error(JSON.stringify(body));
	return browser;
}

/** Moves the server's clock. */
export function pass(app: App, minutes: number): void {
	app.now = new Date(app.now.getTime() + minutes * 60_000);
}
