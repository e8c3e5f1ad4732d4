import type { Page } from '@playwright/test';
import { openSignIn, serveAppBench } from './support/app-page.ts';
import { launchChromium } from './support/browser.ts';
import { figure, median, report } from './support/report.ts';
import { watchMainThread, type MainThread } from './support/trace.ts';

type School = typeof import('./school.page.ts');

const pupils = 10_000;
const runs = 5;
/** Texts that are typed, a key at a time: a common name, a number, and a name that nobody has. */
const searches = ['peeters', '812', 'emma van', 'zzq'];

const app = await serveAppBench<School>(new URL('./school.page.ts', import.meta.url));
const browser = await launchChromium();
const bench = await app.open(browser);
await bench.call('makeSchool', pupils);
await bench.call('closeSchool');
const page = await openSignIn(bench.page.context(), app.origin);
await page.getByRole('button', { name: 'Inloggen', exact: true }).click();
const search = page.getByRole('searchbox');
await search.click();
// Folding in a pause after opening is no part of a keystroke.
await page.waitForTimeout(5000);

const all: number[] = [];
for (let run = 0; run <= runs; run++) {
	const [, thread] = await watchMainThread(browser, page, () => type(page));
	const keys = keystrokes(thread);
	console.log(
		`run ${run}: ${keys.length} keystrokes, median ${median(keys).toFixed(1)} ms, slowest ${Math.max(...keys).toFixed(1)} ms`
	);
	// The first pays for compiling.
	if (run > 0) all.push(...keys);
}
await browser.close();
await app.close();

report([figure('search-10000', median(all), 'ms')]);

async function type({ keyboard }: Page): Promise<void> {
	for (const text of searches) {
		for (const key of text) {
			await keyboard.press(key === ' ' ? 'Space' : key);
			await page.waitForTimeout(60);
		}
		for (let left = text.length; left > 0; left--) {
			await keyboard.press('Backspace');
			await page.waitForTimeout(60);
		}
	}
}

/** For each keystroke, how long the main thread worked from the key until its frame was drawn. */
function keystrokes({ tasks, framesAt, eventsAt }: MainThread): number[] {
	return eventsAt('keydown').map((key) => {
		const frame = framesAt.find((at) => at > key) ?? Infinity;
		return tasks
			.filter(({ start, ms }) => start + ms > key && start < frame)
			.reduce((sum, { ms }) => sum + ms, 0);
	});
}
