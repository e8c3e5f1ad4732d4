import { SvelteMap } from 'svelte/reactivity';
import type { ListAddress } from './page-address.ts';

/** An address of no page. */
export function testAddress(): ListAddress {
	const chosen = new SvelteMap<string, readonly string[]>();
	return {
		values: (key) => chosen.get(key) ?? [],
		change: (key, values) => void chosen.set(key, values),
		clear: () => chosen.clear()
	};
}
