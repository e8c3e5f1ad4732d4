import { openSignIn, serveAppBench } from './support/app-page.ts';
import { launchChromium } from './support/browser.ts';
import { against, figure, median, report } from './support/report.ts';
import { rosterXlsx } from './support/roster-xlsx.ts';
import { planSlipped } from './support/slipped-import.ts';
import { watchImport, type Span } from './support/watch-paint.ts';

type School = typeof import('./school.page.ts');

const sizes = { small: 2000, large: 20_000 };
const slipped = 5000;
const runs = 5;

const files = { small: await rosterXlsx(sizes.small), large: await rosterXlsx(sizes.large) };
const app = await serveAppBench<School>(new URL('./school.page.ts', import.meta.url));
const browser = await launchChromium();

const times = { small: [] as number[], large: [] as number[] };
for (let run = 0; run <= runs; run++) {
	const [small, large] = [await previewOf('small'), await previewOf('large')];
	console.log(`run ${run}: ${small.toFixed(0)} ms and ${large.toFixed(0)} ms`);
	// The first pays for what the browser has not cached.
	if (run === 0) continue;
	times.small.push(small);
	times.large.push(large);
}
await browser.close();
await app.close();

const plans = Array.from({ length: runs + 1 }, () => planSlipped(slipped)).slice(1);

const small = median(times.small);
report([
	figure('import-2000', small, 'ms'),
	against('import-20000', median(times.large), (small * sizes.large) / sizes.small, 'ms'),
	against(
		'import-slipped-5000',
		median(plans.map((plan) => plan.slipped)),
		median(plans.map((plan) => plan.same)),
		'ms'
	)
]);

/** Milliseconds from a workbook being chosen to its preview on the screen, in a new school. */
async function previewOf(size: keyof typeof sizes): Promise<number> {
	const bench = await app.open(browser);
	await bench.call('makeSchool', 0);
	await bench.call('closeSchool');
	const page = await openSignIn(bench.page.context(), app.origin);
	await page.getByRole('button', { name: 'Inloggen', exact: true }).click();
	await page.getByRole('link', { name: 'Importeren' }).first().click();
	const input = page.locator('input[type=file]');
	await input.waitFor({ state: 'attached' });
	await page.waitForLoadState('networkidle');
	await page.evaluate(watchImport, '/controleren');
	await input.setInputFiles({
		name: `leerlingen-${sizes[size]}.xlsx`,
		mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
		buffer: files[size]
	});
	const { from, to } = await page.evaluate(
		() => (globalThis as unknown as { span: Promise<Span> }).span
	);
	await bench.close();
	return to - from;
}
