import { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { schemaVersion } from '#lib/protocol/limits.ts';
import { startApp, type App } from './support/app.ts';
import type { Browser, Reply } from './support/browser.ts';
import { addSchool, people } from './support/school.ts';
import { browserOf } from './support/sign-in.ts';

let app: App;
let thief: Browser;
let owner: Browser;
beforeEach(async () => {
	app = await startApp();
	await addSchool(app);
	[thief, owner] = [await browserOf(app, 'administrator'), await browserOf(app, 'administrator')];
});
afterEach(() => app.stop());

const bodies = {
	'/api/sync': {
		...{ schema: schemaVersion, account: people.administrator.account, clientId: 'client-1' },
		...{ confirmed: 0, cookie: null, mutations: [], unsent: false }
	},
	'/api/audit': { before: null }
};

/** Sends a body of which the end waits; returns how to send it once the request was let in. */
async function begin(path: keyof typeof bodies): Promise<() => Promise<Reply>> {
	const text = JSON.stringify(bodies[path]);
	const letIn = vi.spyOn(app.endpoint.schools, 'readAfter');
	const { promise: mayEnd, resolve: end } = Promise.withResolvers<undefined>();
	async function* slowly(): AsyncGenerator<Uint8Array> {
		yield Buffer.from(text.slice(0, 5));
		await mayEnd;
		yield Buffer.from(text.slice(5));
	}
	const asked = thief.send('POST', path, {
		raw: Readable.toWeb(Readable.from(slowly())) as BodyInit
	});
	await vi.waitFor(() => expect(letIn).toHaveBeenCalledTimes(1));
	await letIn.mock.results[0]?.value;
	letIn.mockRestore();
	return () => {
		end(undefined);
		return asked;
	};
}

test.each(Object.keys(bodies) as (keyof typeof bodies)[])(
	'a request to %s whose body comes slowly reads nothing once its session has ended',
	async (path) => {
		const undisturbed = await begin(path);
		expect((await undisturbed()).status).toBe(200);
		const end = await begin(path);
		const ended = await owner.delete('/api/session/devices', { device: null, wipe: true });
		expect(ended.status).toBe(200);
		expect(await end()).toMatchObject({ status: 401, body: { code: 'signedOut' } });
	}
);
