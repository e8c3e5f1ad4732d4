import url from '#lib/print/print.worker.ts?worker&url';
import { startWorker } from '../browser/trusted.ts';

export function startPrintWorker(): Worker {
	return startWorker(url);
}
