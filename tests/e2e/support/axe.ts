import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from './test.ts';

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * Returns the faults that axe finds on a screen in light, each with where. Leaves it without
 * motion.
 */
export async function axeFaults(page: Page): Promise<string[]> {
	// Without motion, so that no colour is looked at halfway.
	await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
	return faultsOf(newAxe(page).withTags(standards));
}

/** Returns the faults that axe finds on a screen in dark. Leaves it in light. */
export async function darkFaults(page: Page): Promise<string[]> {
	await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
	// The scheme changes nothing but colours.
	const faults = await faultsOf(newAxe(page).withRules(['color-contrast']));
	await page.emulateMedia({ colorScheme: 'light' });
	return faults;
}

/** Expects that axe finds no fault on a screen. */
export async function expectNoFaults(page: Page): Promise<void> {
	const [light, dark] = [await axeFaults(page), await darkFaults(page)];
	expect({ light, dark }).toEqual({ light: [], dark: [] });
}

/** Runs in the page alone: the app has no frames, and to put results together costs a tab each time. */
function newAxe(page: Page): AxeBuilder {
	return new AxeBuilder({ page }).setLegacyMode();
}

async function faultsOf(axe: AxeBuilder): Promise<string[]> {
	const { violations } = await axe.analyze();
	return violations.flatMap(({ id, nodes }) =>
		nodes.map(({ target }) => `${id}: ${target.join(' ')}`)
	);
}
