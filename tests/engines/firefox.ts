import puppeteer, { type ElementHandle } from 'puppeteer-core';
import { finding, patience, saying, type Engine } from './engine.ts';

/** @param executablePath of Firefox, driven over WebDriver BiDi */
export async function startFirefox(executablePath: string): Promise<Engine> {
	const browser = await puppeteer.launch({ browser: 'firefox', executablePath });
	const page = await browser.newPage();
	page.setDefaultTimeout(patience);
	const wait = async (expression: string) => page.waitForFunction(expression, { polling: 100 });
	const find = async (expression: string): Promise<ElementHandle<HTMLElement>> => {
		const found = (await wait(expression)).asElement();
		if (!found) throw new Error(`not an element: ${expression}`);
		return found as ElementHandle<HTMLElement>;
	};
	return {
		async open(url) {
			await page.goto(url);
		},
		click: async (kind, name) => (await find(finding(kind, name))).click(),
		async fill(label, text) {
			const field = await find(finding('field', label));
			await field.evaluate((element) => (element as HTMLInputElement).select());
			await field.type(text);
		},
		async see(text) {
			await wait(saying(text));
		},
		async until(expression) {
			await wait(expression);
		},
		quit: () => browser.close()
	};
}
