import type { Browser } from '@playwright/test';
import { buildBenchPage, openBenchPage } from './support/bench-page.ts';
import { launchChromium, watchMemory } from './support/browser.ts';
import { against, figure, median, report } from './support/report.ts';
import { longestTask } from './support/trace.ts';

type Prints = typeof import('./print.page.ts');

const few = 1000;
const many = 5000;
const runs = 5;

const built = await buildBenchPage(new URL('./print.page.ts', import.meta.url));
const { ours, plain, large, bytes } = await inBrowser(measureTimes);
const peakMb = await medianInBrowser(async (browser) => {
	const bench = await openBenchPage<Prints>(browser, built.url);
	await bench.call('prepare', many);
	const [, memory] = await watchMemory(browser, () => bench.call('print', many));
	console.log(`memory: ${memory.peakMb.toFixed(0)} MB above ${memory.startMb.toFixed(0)} MB`);
	return memory.peakMb;
});
const longestMs = await medianInBrowser(async (browser) => {
	const bench = await openBenchPage<Prints>(browser, built.url);
	await bench.call('prepare', many);
	const longest = await longestTask(browser, bench.page, () => bench.call('print', many));
	console.log(`longest task of the page: ${longest.toFixed(1)} ms`);
	return longest;
});
await built.close();

report([
	against('print-1000', ours, plain, 'ms'),
	against('print-5000', large, (ours * many) / few, 'ms'),
	figure('print-bytes', bytes, 'bytes per pupil and PDF'),
	figure('print-memory', peakMb, 'MB'),
	figure('print-longtask', longestMs, 'ms')
]);

async function measureTimes(browser: Browser) {
	// The straightforward way writes its workbook in a worker that the app's policy refuses.
	const context = await browser.newContext({ bypassCSP: true });
	const bench = await openBenchPage<Prints>(context, built.url);
	await bench.call('prepare', few);
	await bench.call('prepare', many);
	const all = { ours: [] as number[], large: [] as number[], plain: [] as number[] };
	let bytesEach = 0;
	for (let run = 0; run <= runs; run++) {
		const small = await bench.call('print', few);
		const large = await bench.call('print', many);
		const plainly = await bench.call('printPlainly', few);
		console.log(
			`run ${run}: ${few} in ${small.ms.toFixed(0)} ms against ${plainly.toFixed(0)} ms; ${many} in ${large.ms.toFixed(0)} ms`
		);
		bytesEach = small.bytes / few / small.pdfs;
		// The first pays for compiling.
		if (run === 0) continue;
		all.ours.push(small.ms);
		all.large.push(large.ms);
		all.plain.push(plainly);
	}
	return {
		ours: median(all.ours),
		large: median(all.large),
		plain: median(all.plain),
		bytes: bytesEach
	};
}

/** A browser each time, so that no run leaves memory behind for the next. */
async function medianInBrowser(measure: (browser: Browser) => Promise<number>): Promise<number> {
	const values: number[] = [];
	for (let run = 0; run < runs; run++) values.push(await inBrowser(measure));
	return median(values);
}

async function inBrowser<T>(work: (browser: Browser) => Promise<T>): Promise<T> {
	const browser = await launchChromium();
	try {
		return await work(browser);
	} finally {
		await browser.close();
	}
}
