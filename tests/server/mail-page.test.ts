import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Env } from '#lib/server/process/endpoint.ts';
import { startApp, type App } from './support/app.ts';
import { Browser } from './support/browser.ts';
import { askReset, mailsOn } from './support/mails.ts';
import { addSchool } from './support/school.ts';

let app: App;
let browser: Browser;
beforeEach(async () => {
	app = await startApp();
	await addSchool(app);
	browser = new Browser(app);
});
afterEach(() => app.stop());

describe('the page of mails', () => {
	/** As `npm start` sets it on a machine where nothing was said. */
	const bare = { ORIGIN: undefined, DEMO_MAIL: undefined, HOST: '127.0.0.1' };

	async function statusOn(env: Env, headers: Readonly<Record<string, string>> = {}) {
		const other = await startApp(env);
		try {
			return (await new Browser(other).get('/api/mail', { headers })).status;
		} finally {
			await other.stop();
		}
	}

	test('shows what somebody typed as text, and lets no script run', async () => {
		await askReset(browser, 'jvanderberg');
		await mailsOn(browser, 1);
		const { headers } = await browser.get('/api/mail');
		expect(headers.get('content-security-policy')).toContain("default-src 'none'");
	});

	test('is there for who tries the app on this machine, or asks for it', async () => {
		expect(await statusOn(bare)).toBe(200);
		expect(await statusOn({ ...bare, HOST: 'localhost' })).toBe(200);
		expect(await statusOn({ ...bare, HOST: '::1' })).toBe(200);
		const forwarded = { 'x-forwarded-for': '192.0.2.1' };
		expect(await statusOn({ ...bare, DEMO_MAIL: '1' }, forwarded)).toBe(200);
	});

	test.each([
		['reached from elsewhere too', { HOST: undefined }],
		['on all of its addresses', { HOST: '0.0.0.0' }],
		['at an address of its own', { ORIGIN: 'https://school.example' }],
		['at an address that was named', { ORIGIN: 'http://localhost:3000' }],
		['behind a proxy that says who asks', { ADDRESS_HEADER: 'X-Client' }],
		['that sends mail', { SMTP_URL: 'smtp://127.0.0.1:1', DEMO_MAIL: '1' }]
	] as const)('is not there on a server %s', async (_how, env) => {
		expect(await statusOn({ ...bare, ...env })).toBe(404);
	});

	test.each([
		['x-forwarded-for', '192.0.2.1'],
		['x-forwarded-proto', 'https'],
		['x-forwarded-host', 'school.example'],
		['x-forwarded-server', 'proxy'],
		['forwarded', 'for=192.0.2.1'],
		['via', '1.1 proxy'],
		['x-real-ip', '192.0.2.1'],
		['cf-connecting-ip', '192.0.2.1'],
		['true-client-ip', '192.0.2.1']
	])('is not there through a proxy that says %s', async (name, value) => {
		expect(await statusOn(bare, { [name]: value })).toBe(404);
	});

	test('is not there for a proxy of before HTTP/1.1, which says nothing', async () => {
		const other = await startApp(bare);
		const asked = ['GET /api/mail HTTP/1.0', 'Host: localhost:3000', 'Connection: close', '', ''];
		expect(await answerTo(other, asked.join('\r\n'))).toMatch(/^HTTP\/1\.1 404 /);
		await other.stop();
	});

	test('closes once others turn out to reach the server, and the log says what is missing', async () => {
		const other = await startApp(bare);
		const visitor = new Browser(other);
		expect((await visitor.get('/api/mail')).status).toBe(200);
		// Of a page at a public address, by a proxy that rewrites the host and says nothing.
		const headers = { origin: 'https://school.example', 'sec-fetch-site': 'same-origin' };
		await visitor.post('/api/schools', { name: 'x' }, { headers });
		expect((await visitor.get('/api/mail')).status).toBe(404);
		await visitor.post('/api/schools', { name: 'x' }, { headers });
		const told = other.log.filter(({ warning }) => String(warning).includes('ORIGIN'));
		expect(told).toHaveLength(1);
		await other.stop();
	});

	test('stays closed after a restart: who reached the server before, may ask first', async () => {
		const first = await startApp(bare);
		const headers = { origin: 'https://school.example', 'sec-fetch-site': 'same-origin' };
		await new Browser(first).post('/api/schools', { name: 'x' }, { headers });
		const again = await startApp({ ...bare, DATA_DIR: first.folder });
		expect((await new Browser(again).get('/api/mail')).status).toBe(404);
		expect(again.log.filter(({ warning }) => String(warning).includes('ORIGIN'))).toHaveLength(1);
		await again.stop();
		await first.stop();
	});

	test('stays where a page of another site asks something', async () => {
		const other = await startApp(bare);
		const headers = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
		await new Browser(other).post('/api/schools', { name: 'x' }, { headers });
		expect((await new Browser(other).get('/api/mail')).status).toBe(200);
		await other.stop();
	});
});

async function answerTo({ url }: App, request: string): Promise<string> {
	const socket = connect(Number(new URL(url).port), '127.0.0.1');
	socket.write(request);
	return Buffer.concat(await socket.toArray()).toString();
}
