import argon2Url from '#lib/crypto/argon2.worker.ts?worker&url';
import printUrl from '#lib/print/print.worker.ts?worker&url';
import scanUrl from '#lib/scan/scan.worker.ts?worker&url';
import importUrl from '../import/import.worker.ts?worker&url';
import { trustedScriptUrl } from '../browser/trusted.ts';

export function startArgon2Worker(): Worker {
	return new Worker(trustedScriptUrl(argon2Url), { type: 'module' });
}

export function startPrintWorker(): Worker {
	return new Worker(trustedScriptUrl(printUrl), { type: 'module' });
}

export function startImportWorker(): Worker {
	return new Worker(trustedScriptUrl(importUrl), { type: 'module' });
}

export function startScanWorker(): Worker {
	return new Worker(trustedScriptUrl(scanUrl), { type: 'module' });
}
