import { expect, test } from 'vitest';
import { newId } from '#lib/crypto/random.ts';
import { oneTab } from './one-tab.ts';

test('one at a time, and from one that hangs it is taken', async () => {
	const name = `turn-${newId()}`;
	let now = 0;
	const clock = () => now;
	const [here, there] = [
		oneTab(navigator.locks, name, clock),
		oneTab(navigator.locks, name, clock)
	];
	let wake: () => void = () => undefined;
	const hanging = here(() => new Promise<string>((resolve) => (wake = () => resolve('awake'))));
	await new Promise((resolve) => setTimeout(resolve));
	expect(await there(() => Promise.resolve('two'))).toBeNull();
	now += 4 * 60_000;
	const taken = there(() => Promise.resolve('two'));
	expect(await taken).toBe('two');
	expect(await hanging).toBeNull();
	wake();
	expect(await here(() => Promise.resolve('one'))).toBe('one');
});
