import { readFileSync } from 'node:fs';
import { type Browser, chromium } from '@playwright/test';
import { chromiumFlags, ensureChromium } from '../../../scripts/chromium.mjs';

/** Chromium as the end-to-end tests start it. Close it when done. */
export function launchChromium(): Promise<Browser> {
	return chromium.launch({ executablePath: ensureChromium(), args: [...chromiumFlags] });
}

export interface MemoryPeak {
	/** Most the renderers had above what they had at the start, in MB (10⁶ bytes). */
	peakMb: number;
	/** The memory that they had at the start, in MB. */
	startMb: number;
}

/** How often memory is looked at, in milliseconds. */
const sampleMs = 20;

/**
 * Runs `work` and watches the memory of the browser's renderers: main thread, workers, WebAssembly
 * and buffers alike, for a page's workers live in its process. Linux only (reads /proc).
 */
export async function watchMemory<T>(
	browser: Browser,
	work: () => Promise<T>
): Promise<[T, MemoryPeak]> {
	const pids = await rendererPids(browser);
	const startMb = memoryMb(pids);
	let peak = startMb;
	const timer = setInterval(() => (peak = Math.max(peak, memoryMb(pids))), sampleMs);
	try {
		const result = await work();
		peak = Math.max(peak, memoryMb(pids));
		return [result, { peakMb: peak - startMb, startMb }];
	} finally {
		clearInterval(timer);
	}
}

async function rendererPids(browser: Browser): Promise<number[]> {
	const session = await browser.newBrowserCDPSession();
	const { processInfo } = await session.send('SystemInfo.getProcessInfo');
	await session.detach();
	return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
}

function memoryMb(pids: number[]): number {
	const kilobytes = pids.map((pid) => {
		const status = readFileSync(`/proc/${pid}/status`, 'utf8');
		const parts = [...status.matchAll(/^Rss(?:Anon|Shmem):\s+(\d+) kB$/gm)];
		return parts.reduce((sum, [, part]) => sum + Number(part), 0);
	});
	return (kilobytes.reduce((sum, part) => sum + part, 0) * 1024) / 1e6;
}
