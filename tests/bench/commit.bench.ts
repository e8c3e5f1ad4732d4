import { buildBenchPage, openBenchPage } from './support/bench-page.ts';
import { launchChromium } from './support/browser.ts';
import { against, median, report } from './support/report.ts';

const pupils = 10_000;
const runs = 5;
const perRun = 40;

const built = await buildBenchPage(new URL('./school.page.ts', import.meta.url));
const browser = await launchChromium();
const bench = await openBenchPage<typeof import('./school.page.ts')>(browser, built.url);
const { records } = await bench.call('makeSchool', pupils);
await bench.call('leaveWaiting', (runs + 1) * perRun);
console.log(`A school of ${pupils} pupils, ${records / pupils} records a pupil`);

const ours: number[] = [];
const plain: number[] = [];
for (let run = 0; run <= runs; run++) {
	const commits = await bench.call('commitInTurns', perRun);
	const [mine, theirs] = [median(commits.ours), median(commits.plain)];
	console.log(`run ${run}: ${mine.toFixed(2)} ms against ${theirs.toFixed(2)} ms`);
	// The first pays for compiling.
	if (run === 0) continue;
	ours.push(mine);
	plain.push(theirs);
}
await browser.close();
await built.close();

report([against('commit', median(ours), median(plain), 'ms')]);
