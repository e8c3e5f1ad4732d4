import { chromium } from '@playwright/test';
import { chromiumFlags, ensureChromium } from '../../scripts/chromium.mjs';
import { buildBenchPage, openBenchPage } from './support/bench-page.ts';
import { against, median, report, type Figure } from './support/report.ts';

type Scans = typeof import('./scan.page.ts');

const previewSeconds = 5;

const built = await buildBenchPage(new URL('./scan.page.ts', import.meta.url));
const browser = await chromium.launch({
	executablePath: ensureChromium(),
	args: [
		...chromiumFlags,
		'--use-fake-ui-for-media-stream',
		'--use-fake-device-for-media-stream=fps=30'
	]
});
const bench = await openBenchPage<Scans>(browser, built.url);
const conditions = await bench.call('prepare');

const figures: Figure[] = [];
const times = { wasm: [] as number[], plain: [] as number[] };
for (const condition of conditions) {
	const { wasm, plain } = await bench.call('readAll', condition);
	console.log(`${condition}: ${wasm.read.toFixed(1)} % against ${plain.read.toFixed(1)} %`);
	figures.push(against(`scan-${condition}`, wasm.read, plain.read, '% read'));
	times.wasm.push(...wasm.times);
	times.plain.push(...plain.times);
}
figures.push(against('scan-frame', median(times.wasm), median(times.plain), 'ms'));

const alone = await bench.call('previewRate', false, previewSeconds);
const whileReading = await bench.call('previewRate', true, previewSeconds);
figures.push(against('scan-preview', whileReading, alone, 'pictures a second'));

await browser.close();
await built.close();
report(figures);
