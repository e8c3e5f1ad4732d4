import words from 'virtual:words/print';
import { addWords } from '#lib/i18n/words.ts';
import type { PrintReply, PrintRequest } from './bridge.ts';
import { CannotPrint } from './card-marks.ts';
import type { PreviewPage, PrintedFile, PrintProgress } from './job.ts';
import { labelSheet } from './label-sheets.ts';
import { printAccountLetters } from './papers/account-letters.ts';
import { calibrationPage } from './papers/calibration.ts';
import { makeOverview, overviewTexts } from './papers/class-overview.ts';
import { previewOverview, previewPage } from './preview.ts';
import { printJob, textsOf } from './print.ts';
import { bundledAssets } from './text/bundled-assets.ts';
import { TextEngine } from './text/engine.ts';

/** The part of a worker's global scope that is used; the DOM's types have no worker. */
const scope = self as unknown as {
	/** A `PrintRequest` as JSON. */
	onmessage: (event: MessageEvent<string>) => void;
	postMessage(reply: PrintReply): void;
};

/** Progress more often than this is not seen, and costs. */
const betweenReports = 50;

let engine: Promise<TextEngine> | null = null;

scope.onmessage = ({ data }) => {
	void answer(JSON.parse(data) as PrintRequest).then((reply) => scope.postMessage(reply));
};

async function answer(request: PrintRequest): Promise<PrintReply> {
	try {
		engine ??= TextEngine.start(bundledAssets);
		await addWords(words, request.job.locale);
		return { reply: 'done', value: await work(await engine, request) };
	} catch (error) {
		// A start that failed for want of a file may succeed later.
		if (!(error instanceof CannotPrint)) engine = null;
		const failure =
			error instanceof CannotPrint
				? error.failure
				: ({ code: 'failed', detail: String(error) } as const);
		return { reply: 'refused', failure };
	}
}

async function work(
	textEngine: TextEngine,
	request: PrintRequest
): Promise<PrintedFile | PreviewPage> {
	if (request.ask === 'calibration') {
		const sheet = labelSheet(request.job.sheetId);
		if (!sheet)
			throw new CannotPrint({ code: 'failed', detail: `no sheet ${request.job.sheetId}` });
		return calibrationPage(textEngine, sheet, request.job);
	}
	if (request.ask === 'overview' || request.ask === 'overviewPreview') {
		await textEngine.prepare(overviewTexts(request.job));
		return request.ask === 'overview'
			? makeOverview(textEngine, request.job)
			: previewOverview(textEngine, request.job, request.page);
	}
	if (request.ask === 'accountLetters') {
		return printAccountLetters(textEngine, request.job, report());
	}
	if (request.ask === 'print') return printJob(textEngine, request.job, report());
	await textEngine.prepare(textsOf(request.job));
	return previewPage(textEngine, request.job, request.target, request.page);
}

function report(): (progress: PrintProgress) => void {
	let last = -Infinity;
	return (progress) => {
		const now = performance.now();
		if (now - last < betweenReports && progress.done < progress.total) return;
		last = now;
		scope.postMessage({ reply: 'progress', progress });
	};
}
