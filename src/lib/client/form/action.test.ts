import { describe, expect, test } from 'vitest';
import { ok, refuse } from '#lib/domain/kernel/result.ts';
import { testSession } from '../session/test-session.ts';
import { Action } from './action.svelte.ts';

const notAllowed = { code: 'notAllowed', index: 0 } as const;
const whyNot = 'U mag dit niet wijzigen. Vraag het aan een beheerder van uw school.';

function made(tells: 'form' | 'toast' = 'form') {
	const test = testSession();
	const said = () => test.toasts.items.map(({ text, tone, action }) => [text, tone, action?.label]);
	return { ...test, said, action: new Action(test.session, tells) };
}

/** Work that ends when it is told to. */
function waiting() {
	const { promise, resolve, reject } = Promise.withResolvers<ReturnType<typeof ok<null>>>();
	return { work: async () => promise, end: () => resolve(ok(null)), fail: reject };
}

describe('an action', () => {
	test('is busy until its work has ended, and runs nothing else meanwhile', async () => {
		const { action, working } = made();
		const { work, end } = waiting();
		const first = action.run(work);
		expect(action.busy).toBe(true);
		expect(working()).toBe(1);
		let isRun = false;
		const second = action.run(async () => {
			isRun = true;
			return Promise.resolve(ok(null));
		});
		expect(await second).toBe(false);
		expect(isRun).toBe(false);
		expect(action.busy).toBe(true);
		end();
		expect(await first).toBe(true);
		expect(action.busy).toBe(false);
		expect(working()).toBe(0);
	});

	test('that is done says so, with an undo where something can be taken back', async () => {
		const { action, said } = made();
		await action.run(() => Promise.resolve(ok({ batch: 'b' })), { done: 'Gedaan.' });
		await action.run(() => Promise.resolve(ok({ batch: 'b' })), { done: 'Blijft.', stays: true });
		await action.run(() => Promise.resolve(ok(3)), { done: (count) => `Het zijn er ${count}.` });
		await action.run(() => Promise.resolve(ok(undefined)));
		expect(said()).toEqual([
			['Gedaan.', 'success', 'Ongedaan maken'],
			['Blijft.', 'success', undefined],
			['Het zijn er 3.', 'success', undefined]
		]);
	});

	test('that is refused says why in the form, until it is run again', async () => {
		const { action, said } = made();
		expect(await action.run(() => Promise.resolve(refuse(notAllowed)), { done: 'Nee' })).toBe(
			false
		);
		expect(action.problem).toBe(whyNot);
		expect(said()).toEqual([]);
		await action.run(() => Promise.resolve(ok(null)));
		expect(action.problem).toBeNull();
	});

	test('that is refused says why in a toast where there is no form', async () => {
		const { action, said } = made('toast');
		await action.run(() => Promise.resolve(refuse(notAllowed)));
		expect(action.problem).toBeNull();
		expect(said()).toEqual([[whyNot, 'danger', undefined]]);
	});

	test('tells nothing of what the form settles, and has other words for another failure', async () => {
		const { action } = made();
		const work = async () => Promise.resolve(refuse({ code: 'tooHot' as const }));
		const why = ({ code }: { readonly code: string }) => `Te heet: ${code}`;
		expect(await action.run(work, { settles: () => true, why })).toBe(false);
		expect(action.problem).toBeNull();
		await action.run(work, { settles: () => false, why });
		expect(action.problem).toBe('Te heet: tooHot');
		action.clear();
		expect(action.problem).toBeNull();
	});

	test('that breaks is told as the bug it is, and can be run again', async () => {
		const { action, working } = made();
		const { work, fail } = waiting();
		const running = action.run(work);
		fail(new Error('a bug'));
		await expect(running).rejects.toThrow('a bug');
		expect(action.busy).toBe(false);
		expect(working()).toBe(0);
		expect(await action.run(() => Promise.resolve(ok(null)))).toBe(true);
	});
});
