import { expect, type Locator, type Page } from '@playwright/test';

/** Goes with Tab to what is meant, as somebody without a mouse does. Fails when no Tab leads there. */
export async function tabTo(page: Page, target: Locator, key = 'Tab'): Promise<void> {
	await expect(target).toBeVisible();
	for (let step = 0; step < 150; step++) {
		if (await isFocused(target)) return;
		await page.keyboard.press(key);
	}
	await expect(target).toBeFocused({ timeout: 1 });
}

/** Tabs there and presses Enter. */
export async function enterOn(page: Page, target: Locator): Promise<void> {
	await tabTo(page, target);
	await page.keyboard.press('Enter');
}

/** Tabs there and types, in place of what the field held. */
export async function typeIn(page: Page, target: Locator, text: string): Promise<void> {
	await tabTo(page, target);
	await page.keyboard.press('Control+a');
	await page.keyboard.type(text);
}

async function isFocused(target: Locator): Promise<boolean> {
	return target.evaluate((element) => element === document.activeElement);
}
