import { IDBFactory as FakeFactory } from 'fake-indexeddb';
import { vi } from 'vitest';
import { openAdmitted, signInAtSchool } from '#lib/client/sync/school-sign-in.ts';
import { chooseOwnPassword } from '#lib/client/accounts/account-questions.ts';
import { ask } from '#lib/client/browser/ask.ts';
import { DeviceVaults } from '#lib/vault/device/device-vaults.ts';
import type { App } from '../../server/support/app.ts';
import { Browser } from '../../server/support/browser.ts';
import { accounts, schoolId, type AccountName } from './cast.ts';
import { Device, pathOf, platformOf, valueOf } from './device.ts';
import { Recorder } from './wire.ts';

const chosenSchool = { id: schoolId, name: 'Basisschool De Sleutel' };

/** Somebody with a browser of their own, signed in at the server, with a vault. */
export class Visitor {
	readonly browser: Browser;
	readonly recorder: Recorder;
	/** Where it keeps everything. */
	factory: IDBFactory = new FakeFactory();
	#device: Device | null = null;

	constructor(app: App) {
		this.browser = new Browser(app);
		this.recorder = new Recorder(this.browser);
	}

	/** Signs in by the app's own road, which makes a vault. */
	static async arrive(app: App, name: AccountName, password: string): Promise<Visitor> {
		const visitor = new Visitor(app);
		await visitor.within(async () => {
			const platform = platformOf(visitor.factory, () => app.now.getTime());
			const vaults = new DeviceVaults(platform);
			const { userName } = accounts[name];
			const credentials = { school: chosenSchool, userName, password };
			const admission = valueOf(await signInAtSchool(vaults, credentials));
			const vault = valueOf(await openAdmitted(vaults, admission, password));
			visitor.device = await Device.open({ vaults, vault, platform });
		});
		return visitor;
	}

	/** The first sign-in with a password that the school issued: they choose their own. */
	static async choosePassword(
		app: App,
		name: AccountName,
		change: { readonly current: string; readonly password: string }
	): Promise<void> {
		const visitor = new Visitor(app);
		const { userName } = accounts[name];
		const typed = { school: schoolId, userName, password: change.current };
		const device = { vault: null, deviceName: 'Chrome op Windows', keyed: true };
		await visitor.browser.post('/api/session', { ...typed, ...device });
		const asker = { value: visitor.browser.key, closed: new AbortController().signal };
		valueOf(await ask(chooseOwnPassword(change), asker, visitor.recorder.fetch));
	}

	get device(): Device {
		if (!this.#device) throw new Error('Nobody is here yet');
		return this.#device;
	}

	set device(device: Device) {
		this.#device = device;
	}

	/** Does something as the app in this browser. */
	async within<T>(work: () => Promise<T>): Promise<T> {
		const real = fetch;
		const send: typeof fetch = (path, init) =>
			pathOf(path).startsWith('/') ? this.recorder.fetch(path, init) : real(path, init);
		vi.stubGlobal('fetch', send);
		try {
			return await work();
		} finally {
			vi.unstubAllGlobals();
		}
	}

	async sync(): Promise<void> {
		const outcome = await this.device.sync(this.browser, this.recorder.fetch);
		if (outcome.kind !== 'done') throw new Error(`The round ended: ${outcome.kind}`);
	}
}
