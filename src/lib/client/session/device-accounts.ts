import { actorFor } from '#lib/domain/accounts/actors.ts';
import type { AnyRecord } from '#lib/domain/registry/records.ts';
import type { Id, IsoDate } from '#lib/domain/kernel/ids.ts';
import type { SchoolState } from '#lib/domain/registry/state.ts';
import type { DeviceVaults } from '#lib/vault/device/device-vaults.ts';
import type { Replica } from '#lib/vault/replica/replica.ts';
import type { Vault } from '#lib/vault/device/vault.ts';

export interface OpenSchool {
	readonly vaults: Pick<DeviceVaults, 'list' | 'removeAccount' | 'rename'>;
	readonly vault: Vault;
	readonly replica: Pick<Replica, 'state' | 'subscribe'>;
	readonly today: () => IsoDate;
}

/**
 * Keeps the device's list of accounts equal to the school's: their names, and none that was
 * archived or whose making was undone. Locks once the account that is signed in is such a one.
 * Returns how to stop.
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
function listedRecords(state: SchoolState): readonly AnyRecord[] {
	return [...state.all('school'), ...state.all('account'), ...state.all('signInBlock')];
}

/** Returns whether it changed the list. */
async function settleAccounts({ vaults, vault, replica, today }: OpenSchool): Promise<boolean> {
	const { state } = replica;
	const listed = (await vaults.list()).filter(({ vaultId }) => vaultId === vault.vaultId);
	if (vault.locked) return false;
	// At a server it is the server that ends a sign-in, and keeps what was not yet sent.
	const gone = vault.membership?.joined
		? []
		: listed.filter(({ accountId }) => hasLeft(state, accountId));
	for (const { accountId } of gone) await vaults.removeAccount(vault, accountId);
	const [school] = state.all('school');
	const renamed = listed.some((each) => {
		const { userName, displayName } = state.get('account', each.accountId) ?? each;
		const sameAccount = each.userName === userName && each.displayName === displayName;
		return !sameAccount || each.schoolName !== school?.name;
	});
	if (renamed) await vaults.rename(vault, state);
	if (!mayOpen(state, vault.accountId, today())) vault.lock();
	return gone.length > 0 || renamed;
}

/** Tells whether an account of the school may be open today. */
export function mayOpen(state: SchoolState, accountId: Id, today: IsoDate): boolean {
	return actorFor(accountId, state, today) !== null;
}

/**
 * Tells whether an account is no longer one of the school's: archived, or its making was undone.
 */
export function hasLeft(state: SchoolState, accountId: Id): boolean {
	return state.get('account', accountId)?.archivedAt !== null;
}
