import url from '#lib/print/print.worker.ts?worker&url';
import { startWorker } from '../browser/start-worker.ts';

export function startPrintWorker(): Worker {
	return startWorker(url);
}
