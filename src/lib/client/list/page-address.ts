import { goto } from '$app/navigation';
import { page } from '$app/state';

/** Where the filters of a list live, so that the way back leads to them and a list can be shared. */
export interface ListAddress {
	/** Reactive. */
	readonly values: (key: string) => readonly string[];
	readonly change: (key: string, values: readonly string[]) => void;
	/** Lets go of all filters. */
	readonly clear: () => void;
}

/** The address of the page. */
export const pageAddress: ListAddress = {
	values: (key) => page.url.searchParams.getAll(key),
	change: (key, values) => {
		const address = new URL(page.url);
		address.searchParams.delete(key);
		for (const value of values) address.searchParams.append(key, value);
		replace(address);
	},
	clear: () => replace(page.url.pathname)
};

function replace(address: URL | string): void {
	void goto(address, { replaceState: true, keepFocus: true, noScroll: true });
}
