import type { Component } from 'svelte';

/** An entry of a menu. `checked` makes it one of a set of choices. */
export interface MenuItem {
	readonly label: string;
	readonly icon?: Component;
	/** The key that does the same, as shown: `Ctrl L`. */
	readonly keys?: string;
	readonly danger?: boolean;
	readonly disabled?: boolean;
	readonly checked?: boolean;
	readonly onselect: () => void;
}

/** Entries that belong together, under a heading or a line. */
export interface MenuGroup {
	readonly heading?: string;
	readonly items: readonly MenuItem[];
}
