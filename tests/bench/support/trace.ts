import type { Browser, Page } from '@playwright/test';

interface TraceEvent {
	name: string;
	pid: number;
	tid: number;
	/** Microseconds, of a clock that all events share. */
	ts: number;
	dur?: number;
	args?: { name?: string; data?: { type?: string } };
}

/** A stretch of work on a main thread, in milliseconds from when the watching began. */
interface Task {
	readonly start: number;
	readonly ms: number;
}

/** The work of a page's main thread. */
export interface MainThread {
	readonly tasks: readonly Task[];
	/** When each of these events was handed to the page: `keydown`, `click`. */
	readonly eventsAt: (type: string) => number[];
	/** When frames were handed over to be drawn. */
	readonly framesAt: readonly number[];
}

const startMark = 'watch-begins';
const categories = [
	'toplevel',
	'blink.user_timing',
	'devtools.timeline',
	'disabled-by-default-devtools.timeline',
	'__metadata'
];

/**
 * Runs `work` and tells from a trace what the page's main thread did.
 *
 * @param page the only one that is busy: main threads of all renderers count
 */
export async function watchMainThread<T>(
	browser: Browser,
	page: Page,
	work: () => Promise<T>
): Promise<[T, MainThread]> {
	await browser.startTracing(page, { categories });
	// To begin with a trace is a long task itself.
	await page.evaluate((mark) => void performance.mark(mark), startMark);
	const result = await work();
	const trace = JSON.parse((await browser.stopTracing()).toString()) as {
		traceEvents: TraceEvent[];
	};
	return [result, mainThreadOf(trace.traceEvents)];
}

/** The longest task while `work` ran, in milliseconds. */
export async function longestTask(
	browser: Browser,
	page: Page,
	work: () => Promise<unknown>
): Promise<number> {
	const [, { tasks }] = await watchMainThread(browser, page, work);
	return Math.max(...tasks.map(({ ms }) => ms));
}

function mainThreadOf(all: readonly TraceEvent[]): MainThread {
	const begin = all.find(({ name }) => name === startMark)?.ts;
	if (begin === undefined) throw new Error('The trace does not say where the work began');
	const thread = ({ pid, tid }: TraceEvent): string => `${pid}/${tid}`;
	const mainThreads = new Set(
		all
			.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
			.map(thread)
	);
	const events = all
		.filter((event) => event.ts > begin && mainThreads.has(thread(event)))
		.sort((one, other) => one.ts - other.ts);
	const at = ({ ts }: TraceEvent): number => (ts - begin) / 1000;
	return {
		tasks: outermost(events.filter(({ name }) => name.endsWith('RunTask'))).map((event) => ({
			start: at(event),
			ms: (event.dur ?? 0) / 1000
		})),
		eventsAt: (type) =>
			events
				.filter(({ name, args }) => name === 'EventDispatch' && args?.data?.type === type)
				.map(at),
		framesAt: events.filter(({ name }) => name === 'Commit').map((e) => at(e) + (e.dur ?? 0) / 1000)
	};
}

/** Tasks may run tasks, which are part of them. In order of their start. */
function outermost(tasks: readonly TraceEvent[]): TraceEvent[] {
	if (tasks.length === 0) throw new Error('The trace holds no tasks of a main thread');
	const kept: TraceEvent[] = [];
	for (const task of tasks) {
		const before = kept.at(-1);
		if (!before || task.ts >= before.ts + (before.dur ?? 0)) kept.push(task);
	}
	return kept;
}
