import type { Secret } from '#lib/domain/credentials/secret.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import { DeviceVaults } from '#lib/vault/device/device-vaults.ts';
import {
	commit,
	creationEntries,
	importEntries,
	newSchool,
	platform
} from './support/seed-school.ts';
import { benchStaff } from './support/staff.ts';

/**
 * All that a person could find again of a school, read from its vault. Sorted: a fold puts records in
 * another order.
 */
export interface Found {
	readonly schoolName: string;
	readonly pupilNumbers: readonly string[];
	readonly importRuns: number;
	readonly accounts: readonly FoundAccount[];
	readonly runs: readonly { readonly id: Id; readonly madeAt: string; readonly saved: boolean }[];
}

interface FoundAccount {
	readonly userName: string;
	readonly secretId: Id | null;
	/** null: nobody can ever read it again. */
	readonly secret: Secret | null;
	/** The print runs with a card that holds this very password. */
	readonly printableIn: readonly Id[];
}

/** A school of so many pupils, each with a LeerID. */
export async function seed(pupils: number): Promise<void> {
	const school = await newSchool();
	await commit(school, importEntries(school, pupils));
	await commit(school, creationEntries(school, pupils));
	school.vault.lock();
}

/** Unlocks the one school of this device, reads all of it, and locks it again. */
export async function look(): Promise<Found> {
	const device = new DeviceVaults(platform());
	const [account] = await device.list();
	if (!account) throw new Error('the device has lost its school');
	const unlocked = await device.unlock(account, benchStaff.password);
	if (!unlocked.ok) throw new Error(`not unlocked: ${unlocked.refusal.code}`);
	const vault = unlocked.value;
	const opened = await vault.open();
	if (!opened.ok) throw new Error(`not opened: ${opened.refusal.code}`);
	const { state } = opened.value;
	const leerIds = [...state.all('leerId')];
	const secrets = await opened.value.secrets(leerIds.flatMap(({ secretId }) => secretId ?? []));
	if (!secrets.ok) throw new Error(`secrets not read: ${secrets.refusal.code}`);
	const [school] = state.all('school');
	const found: Found = {
		schoolName: school?.name ?? '',
		pupilNumbers: [...state.all('pupil')].map(({ pupilNumber }) => pupilNumber).sort(),
		importRuns: state.count('importRun'),
		accounts: sorted(
			leerIds.map(({ pupilId, userName, secretId }) => ({
				userName,
				secretId,
				secret: secrets.value.get(secretId ?? '') ?? null,
				printableIn: state
					.find('cardByPupil', pupilId)
					.filter((card) => card.state === 'current' && card.secretId === secretId)
					.map(({ printRunId }) => printRunId)
					.sort()
			})),
			({ userName }) => userName
		),
		runs: sorted(
			[...state.all('printRun')].map(({ id, madeAt, savedAt }) => ({
				id,
				madeAt,
				saved: savedAt !== null
			})),
			({ id }) => id
		)
	};
	vault.lock();
	device.close();
	return found;
}

function sorted<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
	return items.toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
}
