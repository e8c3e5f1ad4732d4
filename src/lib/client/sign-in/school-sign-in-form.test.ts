import { expect, test } from 'vitest';
import { refuse } from '#lib/domain/kernel/result.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import type { SignInFailure } from '../session/sign-in-here.ts';
import { SchoolSignInForm } from './school-sign-in-form.svelte.ts';

const school = { id: 'school-1', name: 'De Wegwijzer' };
const right = 'correct horse battery';
const wrong: SignInFailure = { code: 'wrongPassword', until: null };

/** The form on a device without a connection, that keeps a vault for jansen. */
function offlineForm() {
	const tried: string[] = [];
	const form = new SchoolSignInForm({
		school: () => school,
		openHere: ({ userName, password }) => {
			if (userName !== 'jansen') return Promise.resolve({ code: 'notHere' });
			tried.push(password);
			return Promise.resolve(password === right ? null : wrong);
		},
		signIn: () => Promise.resolve(refuse({ code: 'offline' })),
		open: () => Promise.reject(new Error('nobody was let in'))
	});
	const type = (userName: string, password: string) => Object.assign(form, { userName, password });
	return { form, type, tried };
}

test('without a connection the right password opens what is here, after a wrong one', async () => {
	const { form, type, tried } = offlineForm();
	type('jansen', 'a slip');
	await form.signIn(wrong);
	expect(form.problem).toBe(m.start_wrong_password());
	expect(form.password).toBe('');
	// The lock screen tried it, and one slip counts once.
	expect(tried).toEqual([]);
	type('jansen', right);
	await form.signIn();
	expect(tried).toEqual([right]);
	expect(form.problem).toBeNull();
});

test('what is typed next is tried here each time, and called wrong only where that was refused', async () => {
	const { form, type, tried } = offlineForm();
	type('jansen', 'a slip');
	await form.signIn();
	expect(form.problem).toBe(m.start_wrong_password());
	type('pietersen', right);
	await form.signIn();
	expect(form.problem).toBe(m.access_offline());
	expect(form.password).toBe(right);
	expect(tried).toEqual(['a slip']);
});

test('a name that the lock screen did not know is looked for in the rest of the device', async () => {
	const { form, type, tried } = offlineForm();
	type('jansen', right);
	await form.signIn({ code: 'notHere' });
	expect(tried).toEqual([right]);
});
