import type { Component } from 'svelte';

/** A place the app has, as the navigation shows it. */
export interface NavItem {
	readonly href: string;
	readonly label: string;
	readonly icon: Component;
	/** Said beside the label: how many wait there. */
	readonly count?: number;
	/** At the foot of the side navigation, and under *Meer* on a phone. */
	readonly secondary?: boolean;
}

export type Theme = 'system' | 'light' | 'dark';

/** The place that a path belongs to: the longest address it starts with, whole segments only. */
export function currentItem(items: readonly NavItem[], path: string): NavItem | undefined {
	return items
		.filter(({ href }) => path === href || path.startsWith(href.endsWith('/') ? href : `${href}/`))
		.reduce<NavItem | undefined>(
			(best, item) => (best && best.href.length >= item.href.length ? best : item),
			undefined
		);
}

/** Returns the places that fit in the bar of a phone: five, or four and *Meer*. */
export function phoneItems(items: readonly NavItem[]): {
	readonly bar: readonly NavItem[];
	readonly more: readonly NavItem[];
} {
	const first = items.filter((item) => !item.secondary);
	const second = items.filter((item) => item.secondary);
	if (items.length <= 5) return { bar: [...first, ...second], more: [] };
	return { bar: first.slice(0, 4), more: [...first.slice(4), ...second] };
}

/** Sets the theme on the document; `system` follows the device. */
export function applyTheme(theme: Theme): void {
	if (theme === 'system') delete document.documentElement.dataset.theme;
	else document.documentElement.dataset.theme = theme;
}
