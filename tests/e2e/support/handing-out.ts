import { expect, type Locator, type Page } from '@playwright/test';
import { blank, type FakeCamera, type Photo } from './camera.ts';
import { className, surnames } from './class.ts';
import { openPage } from './desk.ts';

/** *Uitreiken* of the class. */
export async function openHandOut(page: Page): Promise<void> {
	await openPage(page, 'Kaarten');
	await page.getByRole('link', { name: 'Uitreiken' }).click();
	await page
		.getByRole('grid', { name: 'Per groep' })
		.getByRole('link', { name: className })
		.click();
	await expect(page.getByRole('heading', { name: className, level: 1 })).toBeVisible();
}

/** Holds these before the camera, one after the other, each put away before the next. */
export async function holdAll(
	page: Page,
	camera: FakeCamera,
	photos: readonly Photo[]
): Promise<void> {
	camera.show(photos.flatMap((photo) => [photo, photo, blank()]));
	const off = page.getByRole('button', { name: 'Camera uitzetten' });
	await off.click();
	await page.getByRole('button', { name: 'Camera aanzetten' }).click();
	await expect(off).toBeVisible();
}

/** The outcome of the card that was held up last. */
export function told(page: Page): Locator {
	return page.getByRole('status', { name: 'Wat er gescand is' });
}

/** So many of the class have their cards. */
export async function expectHandedOut(
	page: Page,
	received: number,
	total = surnames.length
): Promise<void> {
	const count = page.getByText(`${received} van ${total}`, { exact: true });
	await expect(count).toBeVisible({ timeout: 60_000 });
	const done = page.getByRole('heading', { name: `Uitgereikt (${received})`, exact: true });
	await expect(done).toBeVisible();
}
