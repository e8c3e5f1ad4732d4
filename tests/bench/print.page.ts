import { today } from '#lib/client/browser/clock.ts';
import { startPrintWorker } from '#lib/client/print/start-worker.ts';
import { createPrinter } from '#lib/print/bridge.ts';
import { defaultSheets, demandOf } from '#lib/print/cards/sheet-fit.ts';
import type { CardsJob } from '#lib/print/papers/cards.ts';
import { printBaseline } from './print-baseline.ts';
import { signedCards } from './support/bench-cards.ts';

const jobs = new Map<number, CardsJob>();

export interface Print {
	/** Milliseconds from the cards to the finished zip. */
	readonly ms: number;
	/** Of the zip. */
	readonly bytes: number;
	readonly pdfs: number;
}

/** Makes the cards of so many pupils, codes signed, with letters, three sheets and the Excel file. */
export async function prepare(pupils: number): Promise<void> {
	const cards = await signedCards(pupils);
	const sheets = defaultSheets(demandOf(cards), 'nl').map(({ id }) => ({ id, start: 1 }));
	if (sheets.length !== 3) throw new Error('the default is three sheets');
	jobs.set(pupils, {
		schoolName: 'Basisschool De Meetlat',
		locale: 'nl',
		title: `${pupils} leerlingen`,
		date: today(),
		cards,
		letters: true,
		sheets,
		spreadsheet: true,
		offset: { x: 0, y: 0 }
	});
}

/** Makes the zip as the app does, in a worker that has yet to start. */
export async function print(pupils: number): Promise<Print> {
	const job = jobOf(pupils);
	const printer = createPrinter(startPrintWorker);
	const start = performance.now();
	const made = await printer.make('cards', job);
	const ms = performance.now() - start;
	printer.dispose();
	if (!made.ok) throw new Error(JSON.stringify(made.refusal));
	return { ms, bytes: made.value.blob.size, pdfs: job.sheets.length + 1 };
}

/** Makes the same in the straightforward way. */
export async function printPlainly(pupils: number): Promise<number> {
	const job = jobOf(pupils);
	const start = performance.now();
	const zip = await printBaseline(job);
	if (zip.size === 0) throw new Error('an empty zip');
	return performance.now() - start;
}

function jobOf(pupils: number): CardsJob {
	const job = jobs.get(pupils);
	if (!job) throw new Error(`no job of ${pupils} pupils was prepared`);
	return job;
}
