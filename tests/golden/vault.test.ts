import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { Draft } from '#lib/client/form/draft.svelte.ts';
import { actorFor } from '#lib/domain/accounts/actors.ts';
import { DeviceVaults } from '#lib/vault/device/device-vaults.ts';
import { SettingsForm } from '../../src/lib/pages/school/settings-form.svelte.ts';
import {
	accounts,
	passwords,
	recoveryCode,
	typedSettings,
	type AccountName
} from './support/cast.ts';
import { Device, platformOf, unlocked, valueOf } from './support/device.ts';
import { browserWith } from './support/dump.ts';
import { readGoldenJson } from './support/files.ts';
import { allOf, kindsIn } from './support/kinds.ts';
import { asNow, notOfToday, type GoldenVault } from './support/shapes.ts';

const local = '1/vault-local.json';
const administrators = '1/vault-administrator.json';

/** Golden vaults, each with an account that opens it. */
const goldens = [
	['vault-1/vault-local.json', 'administrator'],
	['vault-3/vault-local.json', 'administrator'],
	[local, 'administrator'],
	[local, 'colleague'],
	['1/vault-moving.json', 'administrator'],
	[administrators, 'administrator'],
	['1/vault-guardian.json', 'guardian']
] as const satisfies readonly (readonly [string, AccountName])[];

async function browserOf(path: string) {
	const golden = readGoldenJson(path) as GoldenVault;
	const platform = platformOf(await browserWith(golden.dump), () => Date.parse(golden.at));
	return { golden, platform };
}

async function open(path: string, account: AccountName) {
	const { golden, platform } = await browserOf(path);
	const { userName } = accounts[account];
	return { golden, device: await unlocked(platform, userName, passwords[account]) };
}

/** The same, until the test has finished. */
async function opened(path: string, account: AccountName) {
	const found = await open(path, account);
	onTestFinished(() => found.device.close());
	return found;
}

function asJson(value: unknown): unknown {
	return JSON.parse(JSON.stringify(value));
}

describe.each(goldens)('%s, opened by the %s', (path, account) => {
	let golden: GoldenVault;
	let device: Device;
	beforeAll(async () => {
		({ golden, device } = await open(path, account));
		valueOf(await device.replica.loadHistory());
	});
	afterAll(() => device.close());

	test('is unlocked by the password, and shows every record that was made', () => {
		const shown = allOf(device.replica.state);
		expect(shown).toEqual(asNow(golden.records, golden.version));
		expect(notOfToday(shown)).toEqual([]);
	});

	test('still has what waits, with its passwords, and what was refused', async () => {
		const { replica, outbox } = device;
		expect(asJson(valueOf(await outbox.refused()))).toEqual(golden.refused);
		if (replica.membership) {
			expect(asJson(valueOf(await outbox.entries()))).toEqual(golden.waiting);
		}
		expect(replica.waiting.length).toBeGreaterThan(0);
		const ids = Object.keys(golden.secrets);
		expect(Object.fromEntries(valueOf(await replica.secrets(ids)))).toEqual(golden.secrets);
	});
});

test.each(['vault-1/vault-local.json', 'vault-3/vault-local.json', local, administrators])(
	'%s is folded as one of today, unless a server has still to hear of it',
	async (path) => {
		const { golden, device } = await opened(path, 'administrator');
		const { replica } = device;
		const isAlone = replica.membership === null;
		const waiting = replica.waiting.length;
		expect(valueOf(await replica.fold())).toBe(isAlone);
		expect(replica.waiting.length).toBe(isAlone ? 0 : waiting);
		valueOf(await replica.loadHistory());
		expect(allOf(replica.state)).toEqual(asNow(golden.records, golden.version));
	}
);

test('a school that was made on a device has records of every kind', () => {
	const { records } = readGoldenJson(local) as GoldenVault;
	const found = new Set(records.map(({ kind }) => kind));
	expect(kindsIn(1).filter((kind) => !found.has(kind))).toEqual([]);
});

test('who may open what is still listed, by name, and the printed recovery code opens it', async () => {
	const { platform } = await browserOf(local);
	const vaults = new DeviceVaults(platform);
	const listed = await vaults.list();
	expect(listed.map(({ userName }) => userName).sort()).toEqual([
		accounts.administrator.userName,
		accounts.colleague.userName
	]);
	expect(listed[0]).toMatchObject({ schoolName: 'Basisschool De Sleutel', schoolId: null });
	const [account] = listed;
	if (!account) throw new Error('Nobody is listed');
	const recovered = await vaults.unlockWithRecovery(account, recoveryCode, 'nieuw bos lamp fiets');
	const vault = valueOf(recovered);
	const device = await Device.open({ vaults, vault, platform });
	expect(device.replica.state.count('pupil')).toBe(4);
	await device.close();
});

test.each(['vault-1/vault-local.json', 'vault-3/vault-local.json', local, administrators])(
	'what was typed on the page of settings is there again in %s',
	async (path) => {
		const { device } = await opened(path, 'administrator');
		const form = new SettingsForm(device.session);
		const draft = new Draft(device.vault.drafts, 'settings', form);
		await draft.open();
		expect(draft.restored).toBe(true);
		expect(form.school).toMatchObject(typedSettings);
	}
);

test('what was made and never sent is undone on the device', async () => {
	const { device } = await opened(administrators, 'administrator');
	const [change] = device.replica.waiting;
	expect(change?.mutation.name).toBe('school.changeSettings@1');
	const minutes = () => [...device.replica.state.all('school')][0]?.resetMinutes;
	expect(minutes()).toBe(45);
	await device.make('change.undo@1', { uid: change?.mutation.uid ?? '', except: [] });
	expect(minutes()).toBe(60);
});

test('what was refused is asked of the rules again, and thrown away', async () => {
	const { golden, device } = await opened(administrators, 'administrator');
	const { outbox, replica, today, vault } = device;
	const actor = actorFor(vault.accountId, replica.state, today);
	const [refused] = golden.refused;
	if (!actor || !refused) throw new Error('Nothing was refused');
	const { uid } = refused.mutation;
	const retried = await outbox.retry([uid], { actor, today });
	expect(retried).toEqual({ ok: false, refusal: { ...refused.refusal, index: 0 } });
	expect(replica.refused).toBe(1);
	valueOf(await outbox.discard([uid]));
	expect(replica.refused).toBe(0);
});
