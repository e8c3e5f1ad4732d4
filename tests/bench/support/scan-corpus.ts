import { startPrintWorker } from '#lib/client/print/start-worker.ts';
import { picturePaths } from '#lib/domain/credentials/picture-paths.ts';
import type { PictureName } from '#lib/domain/credentials/pictures.ts';
import { Random } from '#lib/demo/random.ts';
import { createPrinter } from '#lib/print/bridge.ts';
import type { Box, PreviewItem, PreviewPage } from '#lib/print/paper.ts';
import type { CardsJob } from '#lib/print/papers/cards.ts';
import { photograph, type Sheet, type Shot } from '#lib/scan/testing/photograph.ts';
import { signedCards } from './bench-cards.ts';

/** Conditions that make a card hard to read. */
export const conditions = [
	'clean',
	'tilt',
	'perspective',
	'small',
	'blurred',
	'dark',
	'creased',
	'glare',
	'printed'
] as const;
export type Condition = (typeof conditions)[number];

export const framesEach = 40;

/** A card as it comes from the print room, where its code lies in mm, and what that says. */
interface DrawnCard {
	readonly sheet: Sheet;
	/** At 300 dots an inch, black or white, the ink a little wider than it was meant. */
	readonly printed: Sheet;
	readonly code: { readonly x: number; readonly y: number };
	readonly text: string;
}

/** A picture of a card, and the text that is to be read from it. */
export interface CorpusFrame {
	readonly frame: ImageData;
	readonly text: string;
}

const sheetId = 'L7160';
const perMm = 24;
const printedPerMm = 300 / 25.4;

/** So many cards, laid out by the print room and drawn. */
export async function drawCards(count: number): Promise<DrawnCard[]> {
	const cards = await signedCards(count);
	const job: CardsJob = {
		schoolName: 'Basisschool De Meetlat',
		locale: 'nl',
		title: 'corpus',
		date: '2026-11-21',
		cards,
		letters: false,
		sheets: [{ id: sheetId, start: 1 }],
		spreadsheet: false,
		offset: { x: 0, y: 0 }
	};
	const printer = createPrinter(startPrintWorker);
	const drawn: DrawnCard[] = [];
	for (let page = 0; drawn.length < count; page++) {
		const made = await printer.preview('cards', job, {
			kind: 'sheet',
			id: sheetId,
			start: 1,
			page
		});
		if (!made.ok) throw new Error(JSON.stringify(made.refusal));
		for (const label of labelsWithCards(made.value)) {
			const text = cards[drawn.length]?.qr ?? '';
			drawn.push({ ...drawLabel(made.value, label), text });
		}
	}
	printer.dispose();
	return drawn;
}

/** A card as a camera would see it under a condition. The same numbers give the same picture. */
export function takePicture(card: DrawnCard, condition: Condition, number: number): CorpusFrame {
	const seed = conditions.indexOf(condition) * 1000 + number;
	const shot = shotOf(condition, card, new Random(seed));
	const sheet = condition === 'printed' ? card.printed : card.sheet;
	return { frame: photograph(sheet, shot, seed), text: card.text };
}

function shotOf(condition: Condition, { code }: DrawnCard, random: Random): Shot {
	const within = (least: number, most: number) => least + (most - least) * random.next();
	const side = () => (random.chance(0.5) ? 1 : -1);
	const usual: Shot = {
		at: { x: code.x + within(-2, 2), y: code.y + within(-2, 2) },
		// A module of a third of a millimetre is then four to five pixels.
		scale: within(12, 15),
		roll: within(-4, 4),
		noise: 3
	};
	switch (condition) {
		case 'clean':
			return usual;
		case 'tilt':
			return { ...usual, roll: side() * within(42, 48) };
		case 'perspective': {
			const [steep, slight] = [side() * within(28, 38), within(-10, 10)];
			const [pitch, yaw] = random.chance(0.5) ? [steep, slight] : [slight, steep];
			return { ...usual, pitch, yaw };
		}
		case 'small':
			// Two pixels a module.
			return { ...usual, scale: within(6, 7) };
		case 'blurred':
			return { ...usual, blur: within(1.8, 3) };
		case 'dark':
			return { ...usual, light: within(0.1, 0.18), noise: 6 };
		case 'creased': {
			const crease = {
				x: code.x + within(-4, 4),
				y: code.y + within(-4, 4),
				angle: within(0, 180)
			};
			return { ...usual, crease };
		}
		case 'glare': {
			const glare = { x: within(-70, 70), y: within(-70, 70), radius: within(30, 55) };
			return { ...usual, glare };
		}
		case 'printed':
			return {
				...usual,
				roll: within(-12, 12),
				pitch: within(-15, 15),
				yaw: within(-15, 15),
				blur: 0.8,
				light: within(0.5, 0.9),
				noise: 5
			};
	}
}

function labelsWithCards({ items }: PreviewPage): Box[] {
	const labels = items.filter((item) => item.kind === 'label');
	return labels.filter((label) =>
		items.some((item) => item.kind === 'qr' && isWithin(item, label))
	);
}

function isWithin(item: Box, label: Box): boolean {
	const [x, y] = [item.x + item.w / 2 - label.x, item.y + item.h / 2 - label.y];
	return x >= 0 && y >= 0 && x <= label.w && y <= label.h;
}

function drawLabel({ items }: PreviewPage, label: Box): Omit<DrawnCard, 'text'> {
	const ink = items.filter((item) => item.kind !== 'label' && isWithin(item, label));
	const qr = ink.find((item) => item.kind === 'qr');
	if (!qr) throw new Error('a label without its code');
	const code = { x: qr.x + qr.w / 2 - label.x, y: qr.y + qr.h / 2 - label.y };
	const printed = drawn(ink, label, printedPerMm);
	const spread = printed.grey.map((_, at) => (isInked(printed, at) ? 25 : 245));
	return { sheet: drawn(ink, label, perMm), printed: { ...printed, grey: spread }, code };
}

/** Ink runs into a white dot that has dark ones on both sides, or half of one itself. */
function isInked({ grey, width }: Sheet, at: number): boolean {
	const dark = (place: number) => (grey[place] ?? 255) < 140;
	if (dark(at)) return true;
	return (dark(at - 1) && dark(at + 1)) || (dark(at - width) && dark(at + width));
}

function drawn(ink: readonly PreviewItem[], label: Box, scale: number): Sheet {
	const [width, height] = [Math.round(label.w * scale), Math.round(label.h * scale)];
	const context = new OffscreenCanvas(width, height).getContext('2d');
	if (!context) throw new Error('no canvas');
	context.fillStyle = '#fff';
	context.fillRect(0, 0, width, height);
	context.scale(scale, scale);
	context.translate(-label.x, -label.y);
	for (const item of ink) drawItem(context, item);
	const { data } = context.getImageData(0, 0, width, height);
	const grey = new Uint8ClampedArray(width * height);
	for (let at = 0; at < grey.length; at++) {
		const [red = 0, green = 0, blue = 0] = data.subarray(at * 4, at * 4 + 3);
		grey[at] = 0.299 * red + 0.587 * green + 0.114 * blue;
	}
	return { grey, width, height, perMm: scale };
}

function drawItem(context: OffscreenCanvasRenderingContext2D, item: PreviewItem): void {
	context.fillStyle = '#000';
	context.save();
	if (item.kind === 'text') context.fill(new Path2D(item.d));
	if (item.kind === 'rule') context.fillRect(item.x, item.y, item.w, Math.max(item.h, 0.2));
	if (item.kind === 'qr') {
		context.translate(item.x, item.y);
		context.scale(item.w / item.modules, item.w / item.modules);
		context.fill(new Path2D(item.d));
	}
	if (item.kind === 'picture') {
		const { viewBox, shapes } = picturePaths[item.name as PictureName];
		context.translate(item.x, item.y);
		context.scale(item.w / viewBox, item.w / viewBox);
		for (const { d, fill, evenOdd } of shapes) {
			context.fillStyle = fill;
			context.fill(new Path2D(d), evenOdd ? 'evenodd' : 'nonzero');
		}
	}
	context.restore();
}
