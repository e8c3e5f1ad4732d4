import type { IssuedKind } from '#lib/domain/credentials/kinds.ts';
import {
	lineHeight,
	point,
	qrModules,
	quietModules,
	smallestType,
	tightHeight,
	type CardArea
} from '../layout/measures.ts';

/** The things that a card on some area must hold. */
export interface CardSpec {
	/** Where ink may be, in mm. */
	readonly area: CardArea;
	readonly kind: IssuedKind;
	/** How many pictures; 0 for a password in letters. */
	readonly imageLength: number;
	/** In em: the longest user name, the longest caption and the longest picture's name. */
	readonly userNameWidth: number;
	readonly captionWidth: number;
	/** 0: no names under the pictures. */
	readonly pictureNameWidth: number;
	/** Lines kept for the pupil's name. */
	readonly nameLines: 1 | 2;
	/** How far type may grow where there is room: 1 is the usual size. */
	readonly growth: number;
}

/** The parts that small labels leave out, in this order (issue 2, part 6). */
export const levels = [
	{ address: true, leerId: true, group: true },
	{ address: false, leerId: true, group: true },
	{ address: false, leerId: false, group: true },
	{ address: false, leerId: false, group: false }
] as const;

export type Level = (typeof levels)[number];
export type RowName =
	'heading' | 'userCaption' | 'userName' | 'passwordCaption' | 'password' | 'pictures' | 'address';

/** A row's height as the card's scale goes from 0 to 1. */
export interface Row {
	readonly name: RowName;
	readonly gap: readonly [least: number, most: number];
	readonly height: readonly [least: number, most: number];
	/** Type size in mm; of the picture for pictures. */
	readonly size: readonly [least: number, most: number];
}

/** One way of arranging a card. */
export interface Variant {
	/** Rows below the QR code take the whole width. */
	readonly under: readonly RowName[];
	readonly order: readonly RowName[];
	/** How many pictures stand beside each other. */
	readonly pictureColumns: number;
	readonly module: number;
	/** Lines of the user name, and how far it may be squeezed. */
	readonly userLines: number;
	readonly squeeze: number;
}

export const pictureGap = 1.2;
/** A caption may be squeezed this far before it takes a second line. */
const captionSqueeze = 0.85;
/** In parts of the type size. */
const tallLine = 1.3;
/** Mm between the white around the QR code and text. */
const besideQr = 0.3;

export function columnWidth({ area }: CardSpec, { module }: Variant): number {
	return area.w - module * (qrModules + quietModules) - besideQr;
}

export function pictureWidth(spec: CardSpec, variant: Variant): number {
	return variant.under.includes('pictures') ? spec.area.w : columnWidth(spec, variant);
}

/** A length on the way from its least to its most. */
export function between([least, most]: readonly [number, number], scale: number): number {
	return least + (most - least) * scale;
}

/** The rows of a card, from the top; null when the column is too narrow. */
export function rowsOf(spec: CardSpec, level: Level, variant: Variant): Row[] | null {
	const column = columnWidth(spec, variant);
	const widthOf = (name: RowName) => (variant.under.includes(name) ? spec.area.w : column);
	const captionLines = Math.ceil((spec.captionWidth * captionSqueeze * smallestType) / column);
	if (captionLines > 2 || column < 12) return null;
	const type = (
		name: RowName,
		[least, most]: readonly [number, number],
		gap: Row['gap'],
		lines = 1,
		tight = false
	): Row => ({
		name,
		gap,
		size: [least * point, most * point],
		height: [
			least * point * (tight ? tightHeight : lineHeight) * lines,
			most * point * lineHeight * lines
		]
	});
	const made: Partial<Record<RowName, Row>> = {
		heading: headingRow(level, spec.nameLines),
		userCaption: type('userCaption', [6, 7], [0.1, 1.2]),
		userName: type('userName', [6, 9.5], [0, 0], variant.userLines, true),
		passwordCaption: type('passwordCaption', [6, 7], [0.1, 0.9], captionLines),
		password: type('password', [6.3, 11], [0, 0], 1, true)
	};
	if (level.address)
		made.address = type('address', [6, 7], [0.2, 0.9], widthOf('address') < 40 ? 2 : 1);
	const pictures = pictureRow(spec, variant, pictureWidth(spec, variant));
	if (spec.imageLength > 0 && !pictures) return null;
	if (pictures) made.pictures = pictures;
	return variant.order.flatMap((name) => made[name] ?? []);
}

function headingRow(level: Level, nameLines: number): Row {
	const size = [6.3 * point, (nameLines === 1 ? 10 : 8.5) * point] as const;
	const about = level.group ? ([6 * point, 7 * point] as const) : ([0, 0] as const);
	// Accents upon accents (Vietnamese, Thai) need more than a line at the smallest size.
	const name = [smallestType * tallLine, size[1] * lineHeight] as const;
	const height = (end: 0 | 1) => nameLines * name[end] + about[end] * lineHeight;
	return { name: 'heading', gap: [0, 0], size, height: [height(0), height(1)] };
}

/** Pictures are at least this wide, in mm: smaller ones cannot be told apart. */
const smallestPicture = 5;
export const largestPicture = 10;

export function pictureRow(spec: CardSpec, { pictureColumns }: Variant, width: number): Row | null {
	if (pictureColumns === 0) return null;
	const lines = Math.ceil(spec.imageLength / pictureColumns);
	const cell = width / pictureColumns;
	if (spec.pictureNameWidth * smallestType > cell - 1) return null;
	const widest = Math.min(cell - pictureGap, largestPicture * Math.min(spec.growth, 1.3));
	if (widest < smallestPicture) return null;
	const names = spec.pictureNameWidth > 0 ? smallestType * lineHeight : 0;
	const heightOf = (size: number) => lines * (size + names) + (lines - 1) * pictureGap;
	return {
		name: 'pictures',
		gap: [0.2, 0.6],
		size: [smallestPicture, widest],
		height: [heightOf(smallestPicture), heightOf(widest)]
	};
}
