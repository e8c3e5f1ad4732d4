import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { unzipSync } from 'fflate';
import { cardsOfExcel, passwords } from '../../e2e/support/papers.ts';
import { trySignIn } from '../../e2e/support/school.ts';
import { startAppServer, type AppServer } from '../../support/app-server.ts';
import { startChromium, type ChromiumProcess } from '../../support/chromium-process.ts';
import { KillPoints } from '../../support/kill-points.ts';
import type { Found } from '../kill.page.ts';
import { buildBenchPage, openBenchPage, type BenchPage } from './bench-page.ts';
import { lossesOf } from './kill-check.ts';
import { works, type WorkName } from './kill-works.ts';
import { serveBeside, type SideServer } from './side-server.ts';
import { benchStaff } from './staff.ts';

/** Before or after which write, or how many milliseconds after the start. */
export type Moment = { readonly step: number } | { readonly after: number };

/** The app leaves /api to the server: its service worker does not answer there. */
const path = '/api/bench/';
const pupils = 24;

/** A school whose browser is killed again and again, over one profile. */
export class KillRun {
	readonly #profile: string;
	readonly #app: AppServer;
	readonly #built: BenchPage;
	readonly #server: SideServer;
	#chromium: ChromiumProcess;
	#killPoints = new KillPoints();
	#found: Found;

	static async start(profile: string): Promise<KillRun> {
		const [app, built] = await Promise.all([
			startAppServer(),
			buildBenchPage(new URL('../kill.page.ts', import.meta.url), path)
		]);
		const server = await serveBeside(app.origin, { path, side: built.url });
		const chromium = await startChromium(profile);
		const bench = await openBenchPage<typeof import('../kill.page.ts')>(
			chromium.context,
			`${server.origin}${path}`
		);
		await bench.call('seed', pupils);
		const found = await bench.call('look');
		await bench.page.close();
		return new KillRun({ profile, app, built, server }, chromium, found);
	}

	private constructor(
		parts: { profile: string; app: AppServer; built: BenchPage; server: SideServer },
		chromium: ChromiumProcess,
		found: Found
	) {
		this.#profile = parts.profile;
		this.#app = parts.app;
		this.#built = parts.built;
		this.#server = parts.server;
		this.#chromium = chromium;
		this.#found = found;
	}

	/** Starts a work, kills the browser at that moment, and returns what was lost by it. */
	async kill(work: WorkName, round: number, moment: Moment): Promise<string[]> {
		const page = await this.#openApp(works[work].shows(round));
		await works[work].prepare(page, round);
		rmSync(this.#downloads, { recursive: true, force: true });
		await this.#startAndKill(page, work, round, moment);
		const printed = await this.#printed();
		const { shown } = this.#killPoints;
		const before = this.#found;
		this.#chromium = await startChromium(this.#profile);
		this.#found = await this.#look();
		const losses = lossesOf(before, this.#found, { work, round, shown, printed });
		const done = JSON.stringify(before) !== JSON.stringify(this.#found);
		console.log(
			`${work} ${JSON.stringify(moment)}: ${done ? 'done' : 'not done'}, shown ${shown.at(-1) ?? 'nothing'}, ${printed ? 'a zip' : 'no zip'}, ${losses.length} lost`
		);
		return losses;
	}

	async end(): Promise<void> {
		await this.#chromium.kill();
		await this.#server.stop();
		await this.#app.stop();
		await this.#built.close();
	}

	get #downloads(): string {
		return join(this.#profile, 'downloads');
	}

	async #openApp(shows: RegExp): Promise<Page> {
		const { context, browser } = this.#chromium;
		const devtools = await browser.newBrowserCDPSession();
		await devtools.send('Browser.setDownloadBehavior', {
			behavior: 'allow',
			downloadPath: this.#downloads
		});
		this.#killPoints = new KillPoints();
		await this.#killPoints.watch(context, shows);
		const page = await context.newPage();
		await page.goto(`${this.#server.origin}/beheer/leerlingen`);
		await trySignIn(page, benchStaff);
		await page.getByRole('button', { name: 'Bewaard op dit apparaat' }).waitFor();
		return page;
	}

	async #startAndKill(page: Page, work: WorkName, round: number, moment: Moment): Promise<void> {
		const until: Promise<unknown>[] = [];
		if ('step' in moment) until.push(...(await this.#killPoints.arm(page, moment)));
		const started = works[work].start(page, round).catch(() => undefined);
		const lasts = 'after' in moment ? moment.after : works[work].lasts;
		until.push(new Promise((resolve) => setTimeout(resolve, lasts)));
		await Promise.race(until);
		await this.#chromium.kill();
		await started;
	}

	/** The passwords in a zip that had wholly arrived. */
	async #printed(): Promise<Readonly<Record<string, string>> | null> {
		if (!existsSync(this.#downloads)) return null;
		const name = readdirSync(this.#downloads).find((file) => !file.endsWith('.crdownload'));
		if (name === undefined) return null;
		const files = unzipSync(readFileSync(join(this.#downloads, name)));
		const excel = files['aanmeldgegevens.xlsx'];
		return excel ? passwords(await cardsOfExcel(excel)) : null;
	}

	async #look(): Promise<Found> {
		const bench = await openBenchPage<typeof import('../kill.page.ts')>(
			this.#chromium.context,
			`${this.#server.origin}${path}`
		);
		const found = await bench.call('look');
		await bench.page.close();
		return found;
	}
}
