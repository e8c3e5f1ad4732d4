import { IDBFactory as FakeFactory } from 'fake-indexeddb';
import { Draft } from '#lib/client/draft.svelte.ts';
import type { Secrets } from '#lib/domain/leer-id/secret.ts';
import type { Entry } from '#lib/vault/entry.ts';
import { DeviceVaults } from '#lib/vault/device-vaults.ts';
import { SettingsForm } from '../../../src/routes/beheer/instellingen/settings-form.svelte.ts';
import { accounts, passwords, recoveryCode, typedSettings } from '../support/cast.ts';
import { Device, platformOf, valueOf } from '../support/device.ts';
import { dumpOf, type Dump } from '../support/dump.ts';
import type { Story } from './story.ts';

/** As many of the last mutations lie in the outbox, each in a row of its own. */
const unfolded = 24;

/** A browser in which the school was made, without an endpoint: two accounts can unlock it. */
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
