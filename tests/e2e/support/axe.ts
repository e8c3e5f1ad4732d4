import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from './test.ts';

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe has against a screen, in light and in dark, in a form that says where: nothing. */
export async function expectNoFaults(page: Page): Promise<void> {
	// Without motion, so that no colour is looked at halfway.
	await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
	const light = await faultsOf(new AxeBuilder({ page }).withTags(standards));
	await page.emulateMedia({ colorScheme: 'dark' });
	// The scheme changes nothing but colours.
	const dark = await faultsOf(new AxeBuilder({ page }).withRules(['color-contrast']));
	await page.emulateMedia({ colorScheme: 'light' });
	expect({ light, dark }).toEqual({ light: [], dark: [] });
}

async function faultsOf(axe: AxeBuilder): Promise<string[]> {
	const { violations } = await axe.analyze();
	return violations.flatMap(({ id, nodes }) =>
		nodes.map(({ target }) => `${id}: ${target.join(' ')}`)
	);
}
