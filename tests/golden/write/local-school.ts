import { IDBFactory as FakeFactory } from 'fake-indexeddb';
import { vi } from 'vitest';
import { Draft } from '#lib/client/form/draft.svelte.ts';
import type { Secrets } from '#lib/domain/credentials/secret.ts';
import type { Instant } from '#lib/domain/kernel/ids.ts';
import type { Entry } from '#lib/vault/pages/entry.ts';
import { migrations } from '#lib/domain/registry/migrations.ts';
import { schemaAfter } from '#lib/domain/kernel/migrations/migrate.ts';
import { DeviceVaults } from '#lib/vault/device/device-vaults.ts';
import { SettingsForm } from '../../../src/lib/pages/school/settings-form.svelte.ts';
import { accounts, passwords, recoveryCode, schoolNumber, typedSettings } from '../support/cast.ts';
import { Device, platformOf, unlocked, valueOf } from '../support/device.ts';
import { browserWith, dumpOf, type Dump } from '../support/dump.ts';
import { allOf } from '../support/kinds.ts';
import { joining } from '../support/move-in.ts';
import type { GoldenVault } from '../support/shapes.ts';
import type { Story } from './story.ts';

/** As many of the last mutations lie in the outbox, each in a row of its own. */
const unfolded = 24;

/** A browser in which the school was made, without a server: two accounts can unlock it. */
export async function localSchool({ entries, at }: Story): Promise<Dump> {
	const factory = new FakeFactory();
	const platform = platformOf(factory, () => Date.parse(at));
	const vaults = new DeviceVaults(platform);
	const { administrator, colleague } = accounts;
	const { vault } = valueOf(
		await vaults.create({
			schoolName: 'Basisschool De Sleutel',
			account: {
				accountId: administrator.id,
				userName: administrator.userName,
				displayName: 'An Peeters'
			},
			password: passwords.administrator,
			recoveryCode,
			entries: entries.slice(0, -unfolded)
		})
	);
	const device = await Device.open({ vaults, vault, platform });
	for (const entry of entries.slice(-unfolded)) {
		valueOf(await device.replica.commitEntries([entry]));
	}
	const listed = {
		accountId: colleague.id,
		userName: colleague.userName,
		displayName: 'Fatima Haddad'
	};
	const prepared = await vaults.prepareAccount(
		vault,
		passwords.administrator,
		listed,
		passwords.colleague
	);
	valueOf(await valueOf(prepared)());
	await type(device);
	await device.close();
	return dumpOf(factory);
}

/** The same browser, when a server broke off the move of its school; and something was made since. */
export async function movingSchool(local: Dump, at: Instant): Promise<GoldenVault> {
	const factory = await browserWith(local, true);
	const platform = platformOf(factory, () => Date.parse(at));
	const { userName } = accounts.administrator;
	const device = await unlocked(platform, userName, passwords.administrator);
	const answers: Readonly<Record<string, Response>> = {
		'/api/join/invitation': Response.json({ number: schoolNumber, name: 'De Sleutel' }),
		'/api/join': Response.json({ code: 'conflict' }, { status: 409 })
	};
	vi.stubGlobal('fetch', (path: string) => Promise.resolve(answers[path]));
	const joined = await joining(device, 'token-of-an-invitation').join();
	vi.unstubAllGlobals();
	const { replica, outbox } = device;
	if (joined || replica.membership?.joined !== false) throw new Error('It is not on its way');
	await device.make('school.changeSettings@1', { edit: { lockAfterMinutes: [15, 25] } });
	valueOf(await replica.loadHistory());
	const records = allOf(replica.state);
	const waiting = valueOf(await outbox.entries());
	await device.close();
	const rest = { version: schemaAfter(migrations), at, cookie: null, refused: [], secrets: {} };
	return { ...rest, records, waiting, dump: await dumpOf(factory) };
}

/** Leaves the page of settings with something typed and not saved. */
export async function type(device: Device): Promise<void> {
	const form = new SettingsForm(device.session);
	const draft = new Draft(device.vault.drafts, 'settings', form);
	await draft.open();
	for (const [field, value] of Object.entries(typedSettings)) {
		form.set(field as keyof typeof typedSettings, value);
	}
	draft.flush();
	// The last write is in line before this one.
	valueOf(await device.vault.drafts.remove('nothing'));
}

/** The passwords that the school knows of at the end: those that a LeerID or an account names. */
export function secretsInUse(story: Story): Secrets {
	const { state } = story;
	const named = new Set([...state.all('leerId'), ...state.all('account')].map(secretOf));
	const given = story.entries.flatMap(({ secrets }: Entry) => Object.entries(secrets ?? {}));
	return Object.fromEntries(given.filter(([id]) => named.has(id)));
}

function secretOf({ secretId }: { readonly secretId: string | null }): string | null {
	return secretId;
}
