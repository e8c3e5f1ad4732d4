import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url';
import { startScanWorker } from '#lib/client/cards/start-scan-worker.ts';
import { createScanner } from '#lib/scan/bridge.ts';
import { openCamera } from '#lib/scan/camera.ts';
import type { CodeReader } from '#lib/scan/code-reader.ts';
import { onNextPicture, pictureOfVideo } from '#lib/scan/pictures.ts';
import { startPlainReader } from '#lib/scan/plain-reader.ts';
import { startWasmReader } from '#lib/scan/wasm-reader.ts';
import {
	conditions,
	drawCards,
	framesEach,
	takePicture,
	type Condition
} from './support/scan-corpus.ts';

/** How a reader did on the pictures of one condition. */
export interface ReaderScore {
	/** Of the pictures, in percent. */
	readonly read: number;
	/** Milliseconds a picture. */
	readonly times: number[];
}

let readers: Record<'wasm' | 'plain', CodeReader> | undefined;
let cards: Awaited<ReturnType<typeof drawCards>> = [];

/** Starts the readers and draws a card for each picture of a condition. Returns the conditions. */
export async function prepare(): Promise<readonly Condition[]> {
	const load = async () => (await fetch(wasmUrl)).arrayBuffer();
	readers = { wasm: await startWasmReader(load), plain: startPlainReader() };
	cards = await drawCards(framesEach);
	return conditions;
}

/** Takes the pictures of a condition and lets both readers read them, in turns. */
export async function readAll(
	condition: Condition
): Promise<Record<'wasm' | 'plain', ReaderScore>> {
	if (!readers) throw new Error('prepare first');
	const scores = { wasm: { read: 0, times: [] }, plain: { read: 0, times: [] } } as Record<
		'wasm' | 'plain',
		{ read: number; times: number[] }
	>;
	for (const [number, card] of cards.entries()) {
		const { frame, text } = takePicture(card, condition, number);
		for (const name of ['wasm', 'plain'] as const) {
			const start = performance.now();
			const found = await readers[name].read(frame);
			scores[name].times.push(performance.now() - start);
			if (found === text) scores[name].read += 100 / cards.length;
		}
	}
	return scores;
}

/**
 * Shows the camera, and returns how many of its pictures a second the preview shows.
 *
 * @param reading whether they are read meanwhile, as on the page that scans
 */
export async function previewRate(reading: boolean, seconds: number): Promise<number> {
	const opened = await openCamera();
	if (!opened.ok) throw new Error(opened.refusal);
	const video = document.createElement('video');
	Object.assign(video, { muted: true, playsInline: true, srcObject: opened.value.stream });
	document.body.append(video);
	await video.play();
	const scanner = createScanner(startScanWorker);
	let running = true;
	const read = async () => {
		const picture = await pictureOfVideo(video);
		if (picture) await scanner.read(picture);
		if (running) onNextPicture(video, () => void read());
	};
	if (reading) await read();
	const rate = await countPictures(video, seconds);
	running = false;
	opened.value.close();
	scanner.dispose();
	video.remove();
	return rate;
}

function countPictures(video: HTMLVideoElement, seconds: number): Promise<number> {
	return new Promise((resolve) => {
		let [first, count] = [0, 0];
		const count1 = (now: number) => {
			first ||= now;
			if (now - first >= seconds * 1000) {
				resolve((count * 1000) / (now - first));
				return;
			}
			count++;
			video.requestVideoFrameCallback(count1);
		};
		video.requestVideoFrameCallback(count1);
	});
}
