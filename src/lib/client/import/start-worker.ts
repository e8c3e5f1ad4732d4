import url from './import.worker.ts?worker&url';
import { startWorker } from '../browser/start-worker.ts';

export function startImportWorker(): Worker {
	return startWorker(url);
}
