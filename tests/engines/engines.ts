// The steps of a person, in the browsers beside Chromium: see `npm test -- engines`.
import { after, before, describe, test } from 'node:test';
import { findEngines } from '../../scripts/engines.mjs';
import { startAppServer, type AppServer } from '../support/app-server.ts';
import type { Engine } from './engine.ts';
import { startFirefox } from './firefox.ts';
import { startWebKit } from './webkit.ts';

const engines = findEngines();
if (!engines) throw new Error('Firefox and WebKit are not both there');

const starts = {
	Firefox: () => startFirefox(engines.firefox),
	WebKit: () => startWebKit(engines)
};
const password = 'vier olifanten op stelten';

for (const [name, start] of Object.entries(starts)) {
	void describe(name, () => {
		let server: AppServer;
		let engine: Engine;

		before(async () => {
			server = await startAppServer();
			engine = await start();
		});

		after(async () => {
			await engine.quit();
			await server.stop();
		});

		void test('opens the demo school, changes a user name, and finds it after a cold start without a network', async () => {
			await engine.open(`${server.origin}/`);
			await engine.until('navigator.serviceWorker.controller !== null');
			await engine.click('button', 'Demoschool openen');
			await engine.fill('Wachtwoord', password);
			await engine.click('button', 'Inloggen');
			await engine.click('link', 'Malak');
			await engine.click('button', 'Pas aanmeldgegevens aan');
			await engine.click('button', 'pas gebruikersnaam aan');
			await engine.fill('Gebruikersnaam', 'malak.anders');
			await engine.click('button', 'Bewaren en afdrukken');
			await engine.see('Het LeerID is succesvol aangepast.');
			await server.stop();
			await engine.open(`${server.origin}/beheer/leerlingen`);
			await engine.fill('Wachtwoord', password);
			await engine.click('button', 'Inloggen');
			await engine.click('link', 'Malak');
			await engine.see('malak.anders');
		});

		void test('speaks a language that was chosen without a network, on a page that was never opened', async () => {
			const other = await startAppServer();
			await engine.open(`${other.origin}/`);
			await engine.until('navigator.serviceWorker.controller !== null');
			await engine.click('button', 'English');
			await engine.see('Open the demo school');
			await other.stop();
			await engine.open(`${other.origin}/nieuw`);
			await engine.see('Create school');
		});
	});
}
