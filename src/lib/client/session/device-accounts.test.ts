import { expect, test, vi } from 'vitest';
import { firstAccount, TestSchool, today } from '#lib/domain/testing/test-school.ts';
import type { Account } from '#lib/domain/accounts/kinds.ts';
import { ok } from '#lib/domain/kernel/result.ts';
import { followAccounts, type OpenSchool } from './device-accounts.ts';

const colleague: Account = {
	...firstAccount,
	id: 'account-2',
	userName: 'bpieters',
	displayName: 'Bart Pieters'
};

function opened() {
	const school = new TestSchool();
	school.make('account.create@1', { account: colleague });
	const listed = new Map(
		['account-1', 'account-2'].map((id) => {
			const account = school.state.get('account', id);
			return [
				id,
				{ accountId: id, userName: account?.userName, displayName: account?.displayName }
			];
		})
	);
	let schoolName = 'Basisschool De Sleutel';
	const changes = new Set<() => void>();
	const vault = { vaultId: 'vault-1', accountId: 'account-1', locked: false, lock: vi.fn() };
	const vaults = {
		list: async () =>
			Promise.resolve([
				...[...listed.values()].map((account) => ({
					...account,
					vaultId: 'vault-1',
					schoolName
				})),
				{ accountId: 'account-9', userName: 'x', displayName: 'X', vaultId: 'v2', schoolName: '' }
			]),
		removeAccount: vi.fn(async (_: unknown, id: string) => {
			listed.delete(id);
			return Promise.resolve(ok(undefined));
		}),
		rename: vi.fn(async () => {
			schoolName = school.state.get('school', 'school-1')?.name ?? '';
			return Promise.resolve();
		})
	};
	const replica = {
		state: school.state,
		subscribe: (listener: () => void) => {
			changes.add(listener);
			return () => changes.delete(listener);
		}
	};
	const onSettled = vi.fn();
	const stop = followAccounts(
		{ vaults, vault, replica, today: () => today } as unknown as OpenSchool,
		onSettled
	);
	const change = async () => {
		for (const listener of changes) listener();
		await new Promise((resolve) => setTimeout(resolve, 5));
	};
	return { school, vault, vaults, onSettled, change, stop, changes };
}

test('leaves a list alone that is as the school says', async () => {
	const { vaults, onSettled, change } = opened();
	await change();
	expect(vaults.removeAccount).not.toHaveBeenCalled();
	expect(vaults.rename).not.toHaveBeenCalled();
	expect(onSettled).not.toHaveBeenCalled();
});

test('takes over a new name of the school, once', async () => {
	const { school, vaults, onSettled, change } = opened();
	const edit = { name: ['Basisschool De Sleutel', 'De Wegwijzer'] } as const;
	school.make('school.changeSettings@1', { edit });
	await change();
	await change();
	expect(vaults.rename).toHaveBeenCalledOnce();
	expect(onSettled).toHaveBeenCalledOnce();
});

test('drops who was archived, or whose making was undone, and nobody of another school', async () => {
	const archived = opened();
	archived.school.make('account.archive@1', { accountId: 'account-2' });
	await archived.change();
	const undone = opened();
	undone.school.undo('uid-1');
	await undone.change();
	for (const { vaults, vault } of [archived, undone]) {
		expect(vaults.removeAccount.mock.calls.map(([, id]) => id)).toEqual(['account-2']);
		expect(vault.lock).not.toHaveBeenCalled();
	}
});

test('locks when whoever is signed in was archived', async () => {
	const { school, vault, change } = opened();
	school.make('account.archive@1', { accountId: 'account-1' });
	await change();
	expect(vault.lock).toHaveBeenCalled();
});

test('stops when asked', () => {
	const { stop, changes } = opened();
	stop();
	expect(changes.size).toBe(0);
});
