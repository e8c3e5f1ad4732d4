import type { Account, School } from '#lib/domain/records.ts';
import { actorOf } from '#lib/domain/accounts/account-rules.ts';
import type { SchoolState } from '#lib/domain/state/school-state.ts';
import type { DeviceVaults } from '#lib/vault/device-vaults.ts';
import type { Replica } from '#lib/vault/replica.ts';
import type { Vault } from '#lib/vault/vault.ts';

export interface OpenSchool {
	readonly vaults: Pick<DeviceVaults, 'list' | 'removeAccount' | 'rename'>;
	readonly vault: Vault;
	readonly replica: Pick<Replica, 'state' | 'subscribe'>;
}

/**
 * Holds the device's list of who can sign in to what the school says: names, and nobody who was
 * archived or whose making was undone. Locks once that is whoever is signed in. Answers how to stop.
 * @param onSettled the list may be another now
 */
export function followAccounts(school: OpenSchool, onSettled: () => void): () => void {
	let seen: readonly unknown[] = [];
	// One by one: each starts from the list that the one before left.
	let settling = Promise.resolve();
	const look = () => {
		const now = listedRecords(school.replica.state);
		if (now.length === seen.length && now.every((record, at) => record === seen[at])) return;
		seen = now;
		settling = settling
			.then(async () => {
				if (await settleAccounts(school)) onSettled();
			})
			// A device that cannot write now is looked at again with the next change or sign-in.
			.catch(() => undefined);
	};
	look();
	return school.replica.subscribe(look);
}

/** Records are replaced whole, so that one that is still the same object has not changed. */
function listedRecords(state: SchoolState): readonly (School | Account)[] {
	return [...state.all('school'), ...state.all('account')];
}

/** Answers whether it changed the list. */
async function settleAccounts({ vaults, vault, replica }: OpenSchool): Promise<boolean> {
	const { state } = replica;
	const listed = (await vaults.list()).filter(({ vaultId }) => vaultId === vault.vaultId);
	if (vault.locked) return false;
	const gone = listed.filter(({ accountId }) => !mayOpen(state, accountId));
	for (const { accountId } of gone) await vaults.removeAccount(vault, accountId);
	const [school] = state.all('school');
	const renamed = listed.some((each) => {
		const { userName, displayName } = state.get('account', each.accountId) ?? each;
		const sameAccount = each.userName === userName && each.displayName === displayName;
		return !sameAccount || each.schoolName !== school?.name;
	});
	if (renamed) await vaults.rename(vault, state);
	if (!mayOpen(state, vault.accountId)) vault.lock();
	return gone.length > 0 || renamed;
}

/** Whether an account of the school may sign in at all. */
export function mayOpen(state: SchoolState, accountId: string): boolean {
	const account = state.get('account', accountId);
	return account !== undefined && actorOf(account) !== null;
}
