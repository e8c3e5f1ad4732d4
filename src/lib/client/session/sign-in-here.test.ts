import { expect, test, vi } from 'vitest';
import { signInHere } from './sign-in-here.ts';

const school = { id: 'school-1', name: 'De Wegwijzer' };
const password = 'correct horse battery';
const typed = { school, userName: 'jansen', password };

test('who is on a shared device is found in their own vault, and only at their own school', async () => {
	const listed = (vaultId: string, userName: string, schoolId: string) => {
		const names = { displayName: userName, schoolName: school.name };
		return { vaultId, userName, schoolId, accountId: vaultId, ...names };
	};
	const signIn = vi.fn(() => Promise.resolve(null));
	const accounts = [
		listed('vault-1', 'jansen', 'another'),
		listed('vault-2', 'pietersen', school.id),
		listed('vault-3', 'jansen', school.id)
	];
	const app = { accounts, signIn, readAccounts: () => Promise.resolve() };
	expect(await signInHere(app, { ...typed, userName: 'Jansen' })).toBeNull();
	expect(signIn.mock.calls).toEqual([[{ vaultId: 'vault-3', userName: 'jansen', password }]]);
	expect(await signInHere(app, { ...typed, userName: 'smit' })).toEqual({ code: 'notHere' });
	expect(signIn).toHaveBeenCalledOnce();
});
