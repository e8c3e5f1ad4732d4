import type { BrowserContext } from '@playwright/test';
import { openSignIn, serveAppBench } from './support/app-page.ts';
import type { OpenBench } from './support/bench-page.ts';
import { launchChromium } from './support/browser.ts';
import { watchOpening, type Opening } from './support/open-watch.ts';
import { against, figure, median, report } from './support/report.ts';

type School = typeof import('./school.page.ts');

const pupils = 10_000;
const waiting = 1000;
const runs = 5;

const app = await serveAppBench<School>(new URL('./school.page.ts', import.meta.url));
const browser = await launchChromium();

const writes = await measureWrites();
const openings = await measureOpenings();
await browser.close();
await app.close();

report([
	against('open-10000', openings.settled, openings.plain, 'ms'),
	against('first-write-10000', writes.ours, writes.plain, 'ms'),
	against('open-outbox-1000', openings.behind, openings.settled, 'ms'),
	figure('fold-10000', writes.fold, 'ms')
]);

/** From the key to a painted table, in the app; and reading the same records from plain rows. */
async function measureOpenings() {
	const settled = await preparedSchool(0);
	const behind = await preparedSchool(waiting);
	const runsOf = { settled: [] as number[], behind: [] as number[], plain: [] as number[] };
	for (let run = 0; run <= runs; run++) {
		// In turns, so that what else the machine does meets all of them.
		const times = {
			settled: await openOnce(settled.page.context()),
			plain: await settled.call('openPlain'),
			behind: await openOnce(behind.page.context())
		};
		console.log(
			`run ${run}: ${times.settled.toFixed(0)} ms against ${times.plain.toFixed(0)} ms; with ${waiting} mutations waiting ${times.behind.toFixed(0)} ms`
		);
		// The first pays for what the browser has not cached.
		if (run === 0) continue;
		runsOf.settled.push(times.settled);
		runsOf.plain.push(times.plain);
		runsOf.behind.push(times.behind);
	}
	return {
		settled: median(runsOf.settled),
		behind: median(runsOf.behind),
		plain: median(runsOf.plain)
	};
}

async function preparedSchool(outbox: number): Promise<OpenBench<School>> {
	const bench = await app.open(browser);
	const { records } = await bench.call('makeSchool', pupils);
	console.log(`${pupils} pupils, ${records / pupils} records a pupil, ${outbox} mutations waiting`);
	if (outbox > 0) await bench.call('leaveWaiting', outbox);
	else await bench.call('makePlain');
	await bench.call('closeSchool');
	return bench;
}

async function openOnce(context: BrowserContext): Promise<number> {
	const page = await openSignIn(context, app.origin, watchOpening);
	await page.getByRole('button', { name: 'Inloggen', exact: true }).click();
	const { keyAt, paintedAt } = await page.evaluate(
		() => (globalThis as unknown as { opening: Promise<Opening> }).opening
	);
	// Before the app makes use of a pause to fold what waits.
	await page.close();
	return paintedAt - keyAt;
}

async function measureWrites() {
	const bench: OpenBench<School> = await app.open(browser);
	const all = [];
	for (let run = 0; run <= runs; run++) {
		const write = await bench.call('firstWrite', pupils);
		console.log(
			`first write ${run}: ${write.ours.toFixed(0)} ms against ${write.plain.toFixed(0)} ms (${write.records} records; folded in ${write.fold.toFixed(0)} ms)`
		);
		if (run > 0) all.push(write);
	}
	await bench.close();
	return {
		ours: median(all.map(({ ours }) => ours)),
		plain: median(all.map(({ plain }) => plain)),
		fold: median(all.map(({ fold }) => fold))
	};
}
