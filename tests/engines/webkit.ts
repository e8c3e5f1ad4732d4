import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { Builder, Capabilities, type WebElement } from 'selenium-webdriver';
import { finding, patience, saying, type Engine } from './engine.ts';

interface Programs {
	readonly webKitDriver: string;
	readonly miniBrowser: string;
	readonly xvfb: string;
}

/** Starts WebKitGTK on a screen of its own, that nobody sees. */
export async function startWebKit({ webKitDriver, miniBrowser, xvfb }: Programs): Promise<Engine> {
	const screen = spawn(xvfb, ['-displayfd', '1', '-screen', '0', '1280x900x24'], {
		stdio: ['ignore', 'pipe', 'ignore']
	});
	const [display] = (await once(screen.stdout, 'data')) as [Buffer];
	const port = await freePort();
	const driver = spawn(webKitDriver, [`--port=${port}`], {
		env: { ...process.env, DISPLAY: `:${display.toString().trim()}` },
		stdio: 'ignore'
	});
	await untilAnswers(`http://localhost:${port}/status`);
	const browserOptions = { binary: miniBrowser, args: ['--automation'] };
	const browser = await new Builder()
		.usingServer(`http://localhost:${port}`)
		.withCapabilities(
			new Capabilities({ browserName: 'MiniBrowser', 'webkitgtk:browserOptions': browserOptions })
		)
		.build();
	await browser.manage().window().setRect({ width: 1280, height: 850 });
	const wait = <T>(expression: string) =>
		browser.wait<T>(() => browser.executeScript<T>(`return ${expression}`), patience, expression);
	return {
		open: (url) => browser.get(url),
		click: async (kind, name) => (await wait<WebElement>(finding(kind, name))).click(),
		fill: async (label, text) => {
			const field = await wait<WebElement>(finding('field', label));
			await field.clear();
			await field.sendKeys(text);
		},
		async see(text) {
			await wait(saying(text));
		},
		async until(expression) {
			await wait(expression);
		},
		quit: async () => {
			await browser.quit();
			driver.kill();
			screen.kill();
		}
	};
}

async function freePort(): Promise<number> {
	const server = createServer().listen(0);
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	server.close();
	return port;
}

async function untilAnswers(address: string): Promise<void> {
	for (let tries = 0; tries < 100; tries++) {
		const answer = await fetch(address).catch(() => null);
		if (answer) return;
		await setTimeout(100);
	}
	throw new Error('WebKitWebDriver does not answer');
}
