import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Download } from '@playwright/test';
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { encodeQR } from 'qr';
import { chromiumFlags } from '../../../scripts/chromium.mjs';
import { codesByUserName, codesOf, drawPage } from './codes.ts';
import { cardsOf, openPdf, unzip } from './papers.ts';
import { test as base } from './test.ts';

/** A picture as a camera takes it, 640 × 480, in shades of grey. */
export type Photo = Uint8Array;

const width = 640;
const height = 480;
/** Slow enough for a busy machine to see every picture. */
const picturesPerSecond = 5;

/** The scene before the camera: pictures one after the other, over and over. */
export class FakeCamera {
	readonly file: string;

	constructor(file: string) {
		this.file = file;
		this.show([blank()]);
	}

	/** Seen once the camera is opened anew. */
	show(photos: readonly Photo[]): void {
		const header = `YUV4MPEG2 W${width} H${height} F${picturesPerSecond}:1 Ip A1:1 C420jpeg\n`;
		const colours = Buffer.alloc((width * height) / 2, 128);
		const frames = photos.flatMap((photo) => [Buffer.from('FRAME\n'), photo, colours]);
		// In one move: a camera that is open goes on with what it had.
		writeFileSync(`${this.file}.next`, Buffer.concat([Buffer.from(header), ...frames]));
		renameSync(`${this.file}.next`, this.file);
	}
}

/** Chromium with a camera that shows what the test puts before it. Pages may use it. */
export const test = base.extend<object, { camera: FakeCamera }>({
	camera: [
		async ({ browserName }, use) => {
			const folder = mkdtempSync(join(tmpdir(), `${browserName}-camera-`));
			await use(new FakeCamera(join(folder, 'camera.y4m')));
			rmSync(folder, { recursive: true });
		},
		{ scope: 'worker' }
	],
	launchOptions: [
		async ({ camera, launchOptions }, use) => {
			const args = [
				...(launchOptions.args ?? chromiumFlags),
				'--use-fake-device-for-media-stream',
				`--use-file-for-fake-video-capture=${camera.file}`
			];
			await use({ ...launchOptions, args });
		},
		{ scope: 'worker' }
	],
	permissions: ['camera']
});

/** An empty desk. */
export function blank(): Photo {
	return new Uint8Array(width * height).fill(128);
}

/** A card that the app printed: what its code says, and how a camera sees it. */
export interface PrintedCard {
	readonly userName: string;
	readonly password: string;
	readonly text: string;
	readonly photo: Photo;
}

/** Points on paper per pixel when a card is held up: 300 dots an inch. */
const closeUp = 72 / 300;

/** The cards of a zip, photographed from its stickers. */
export async function photographCards(zip: Download): Promise<PrintedCard[]> {
	const pdf = await openPdf((await unzip(zip)).get('stickers-L7160.pdf') ?? new Uint8Array());
	const cards = await cardsOf(pdf);
	const codes = await codesOf(pdf);
	const userNames = codesByUserName(cards, codes);
	const photos: PrintedCard[] = [];
	for (const { userName, password } of cards) {
		const text = userNames[userName] ?? '';
		const code = codes.find((each) => each.text === text);
		if (!code) throw new Error(`No code of ${userName}`);
		const page = await pageOf(pdf, code.page);
		const middle = { x: code.x / closeUp, y: page.height - code.y / closeUp };
		photos.push({ userName, password, text, photo: cut(page, middle) });
	}
	await pdf.loadingTask.destroy();
	return photos;
}

const pages = new WeakMap<PDFDocumentProxy, Map<number, ImageData>>();

async function pageOf(pdf: PDFDocumentProxy, number: number): Promise<ImageData> {
	const drawn = pages.get(pdf) ?? new Map<number, ImageData>();
	pages.set(pdf, drawn);
	const page = drawn.get(number) ?? (await drawPage(pdf, number, closeUp));
	drawn.set(number, page);
	return page;
}

/** A card with a code of the test's own making, which nobody printed. */
export function drawCard(text: string): Photo {
	const modules = encodeQR(text, 'raw', { ecc: 'medium', border: 4 });
	const size = Math.floor(300 / modules.length);
	const [left, top] = [width, height].map((side) => (side - modules.length * size) >> 1);
	const photo = new Uint8Array(width * height).fill(235);
	for (const at of photo.keys()) {
		const x = Math.floor(((at % width) - (left ?? 0)) / size);
		const y = Math.floor((Math.floor(at / width) - (top ?? 0)) / size);
		if (modules[y]?.[x]) photo[at] = 16;
	}
	return photo;
}

/**
 * Returns what a camera sees whose middle is there, in pixels of the page; beyond its edge lies the
 * desk.
 */
function cut(page: ImageData, middle: { readonly x: number; readonly y: number }): Photo {
	const photo = blank();
	for (const at of photo.keys()) {
		const x = Math.round(middle.x - width / 2) + (at % width);
		const y = Math.round(middle.y - height / 2) + Math.floor(at / width);
		if (x < 0 || y < 0 || x >= page.width || y >= page.height) continue;
		const [red = 0, green = 0, blue = 0] = page.data.subarray((y * page.width + x) * 4);
		const grey = 0.299 * red + 0.587 * green + 0.114 * blue;
		// Video keeps to 16–235.
		photo[at] = 16 + (grey * 219) / 255;
	}
	return photo;
}
