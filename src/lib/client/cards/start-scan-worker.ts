import url from '#lib/scan/scan.worker.ts?worker&url';
import { startWorker } from '../browser/start-worker.ts';

export function startScanWorker(): Worker {
	return startWorker(url);
}
