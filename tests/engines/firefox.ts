import puppeteer, { type ElementHandle } from 'puppeteer-core';
import { finding, patience, saying, type Engine } from './engine.ts';

/** @param executablePath of Firefox, driven over WebDriver BiDi */
export async function startFirefox(executablePath: string): Promise<Engine> {
	const browser = await puppeteer.launch({ browser: 'firefox', executablePath });
	const page = await browser.newPage();
	page.setDefaultTimeout(patience);
	const find = async (expression: string) => {
		const found = await page.waitForFunction(expression, { polling: 100 });
		return found as ElementHandle<HTMLElement>;
	};
	return {
		open: async (url) => void (await page.goto(url)),
		click: async (kind, name) => (await find(finding(kind, name))).click(),
		fill: async (label, text) => {
			const field = await find(finding('field', label));
			await field.evaluate((element) => (element as HTMLInputElement).select());
			await field.type(text);
		},
		see: async (text) => void (await page.waitForFunction(saying(text), { polling: 100 })),
		until: async (expression) => void (await page.waitForFunction(expression, { polling: 100 })),
		quit: () => browser.close()
	};
}
