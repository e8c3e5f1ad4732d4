import type { Box } from '../paper.ts';
import {
	between,
	columnWidth,
	largestPicture,
	levels,
	pictureGap,
	pictureRow,
	pictureWidth,
	rowsOf,
	type CardSpec,
	type Level,
	type Row,
	type RowName,
	type Variant
} from './card-rows.ts';
import {
	lineHeight,
	point,
	qrModules,
	quietModules,
	smallestModule,
	smallestType
} from '../layout/measures.ts';

/** A line or more of type: from `least` to `most` mm high type, within the box. */
export interface TextSlot {
	readonly box: Box;
	readonly most: number;
	readonly least: number;
}

/** Where everything on a card goes. Places in mm from the area's top left corner. */
export interface CardTemplate {
	/** The dark modules; the white ones around them are kept free. */
	readonly qr: Box;
	/** Name, and under it the line about group and LeerID, share a box: a short name leaves it air. */
	readonly heading: Box;
	readonly name: { readonly most: number; readonly least: number };
	readonly about: { readonly size: number; readonly leerId: boolean } | null;
	readonly userCaption: TextSlot;
	readonly userName: TextSlot;
	readonly passwordCaption: TextSlot;
	/** Null for an image password, which has `pictures`. */
	readonly password: TextSlot | null;
	readonly pictures: readonly Box[];
	readonly pictureNames: readonly TextSlot[];
	readonly address: TextSlot | null;
}

/** How a user name that is too long for its line is helped, gentlest first. */
const reliefs = [
	{ userLines: 1, squeeze: 1 },
	{ userLines: 1, squeeze: 0.8 },
	{ userLines: 2, squeeze: 0.9 },
	{ userLines: 3, squeeze: 0.8 },
	{ userLines: 4, squeeze: 0.75 }
] as const;

/** The best card on this area; null when it cannot hold user name, password and QR code. */
export function cardTemplate(spec: CardSpec): CardTemplate | null {
	for (const relief of reliefs) {
		for (const level of levels) {
			let best: { variant: Variant; scale: number; score: number } | null = null;
			for (const variant of variantsOf(spec, relief)) {
				const scale = scaleOf(spec, level, variant);
				const score = scoreOf(spec, variant, scale);
				if (scale >= 0 && (!best || score > best.score)) best = { variant, scale, score };
			}
			if (best) return place(spec, level, best.variant, Math.min(best.scale, spec.growth));
		}
	}
	return null;
}

/** Large type and a large QR code, and user name before password: the order in which they are typed. */
function scoreOf(spec: CardSpec, variant: Variant, scale: number): number {
	const { module, under } = variant;
	const swapped = under[0] === 'userName' && !under.includes('password') ? 0.4 : 0;
	const pictures = pictureRow(spec, variant, pictureWidth(spec, variant));
	const pictureSize = pictures ? between(pictures.size, Math.min(scale, 1)) / largestPicture : 0;
	const beside = under.length > 0 ? 0 : 0.2;
	return Math.min(scale, 1) + 0.5 * (module / smallestModule - 1) + pictureSize + beside - swapped;
}

function variantsOf({ area, imageLength }: CardSpec, relief: (typeof reliefs)[number]): Variant[] {
	const modules = [0.6, 0.5, 0.42, 0.37, smallestModule].filter(
		(module) =>
			module === smallestModule ||
			(module * qrModules <= Math.min(0.34 * area.w, 0.62 * area.h) &&
				module * quietModules <= area.margin)
	);
	const user: RowName[] = ['userCaption', 'userName'];
	const variants: Omit<Variant, 'module' | 'userLines' | 'squeeze'>[] = [];
	if (imageLength === 0) {
		const password: RowName[] = ['passwordCaption', 'password'];
		const order: RowName[] = ['heading', ...user, ...password, 'address'];
		variants.push({ under: [], order, pictureColumns: 0 });
		const below: RowName[] = ['userName', ...password, 'address'];
		variants.push({ under: below, order, pictureColumns: 0 });
		const swapped: RowName[] = ['heading', ...password, ...user, 'address'];
		variants.push({ under: ['userName', 'address'], order: swapped, pictureColumns: 0 });
	} else {
		const password: RowName[] = ['passwordCaption', 'pictures'];
		const order: RowName[] = ['heading', ...user, ...password, 'address'];
		variants.push({ under: ['pictures', 'address'], order, pictureColumns: imageLength });
		for (let columns = imageLength; columns >= 2; columns--) {
			variants.push({ under: [], order, pictureColumns: columns });
		}
	}
	return variants.flatMap((variant) =>
		modules.map((module) => ({ ...variant, module, ...relief }))
	);
}

/** The largest scale at which the card fits; negative when none does. */
function scaleOf(spec: CardSpec, level: Level, variant: Variant): number {
	const { area } = spec;
	const column = columnWidth(spec, variant);
	const rows = rowsOf(spec, level, variant);
	if (!rows) return -1;
	const userWidth = variant.under.includes('userName') ? area.w : column;
	const fit = variant.userLines > 1 ? 0.92 : 1;
	const leastUser = smallestType * variant.squeeze * spec.userNameWidth;
	if (leastUser > userWidth * variant.userLines * fit) return -1;
	const under = rows.filter((row) => variant.under.includes(row.name));
	const limits = [limit(rows, area.h)];
	const besideQrHeight =
		area.h - variant.module * (qrModules + (under.length > 0 ? quietModules : 0));
	limits.push(
		under.length > 0 ? limit(under, besideQrHeight) : besideQrHeight >= 0 ? Infinity : -1
	);
	return Math.min(...limits);
}

/** The scale at which rows are this high together. */
function limit(rows: readonly Row[], height: number): number {
	const sum = (end: 0 | 1) => rows.reduce((h, row) => h + row.gap[end] + row.height[end], 0);
	const [least, most] = [sum(0), sum(1)];
	return most > least ? (height - least) / (most - least) : height >= least ? Infinity : -1;
}

function place(spec: CardSpec, level: Level, variant: Variant, scale: number): CardTemplate {
	const { area } = spec;
	const column = columnWidth(spec, variant);
	const rows = rowsOf(spec, level, variant) ?? [];
	const slots = new Map<RowName, TextSlot>();
	let bottom = area.h;
	for (const row of [...rows].reverse()) {
		const w = variant.under.includes(row.name) ? area.w : column;
		// A picture does not grow beyond its cell, so that the row may be lower than its share.
		const growth = row.name === 'pictures' ? Math.min(scale, 1) : scale;
		const h = between(row.height, growth);
		const top = row.name === 'heading' ? 0 : bottom - h;
		const box = { x: 0, y: top, w, h: bottom - top };
		const most = between(row.size, growth);
		slots.set(row.name, { box, most, least: Math.min(smallestType, most) });
		bottom -= h + between(row.gap, scale);
	}
	const slot = (name: RowName): TextSlot =>
		slots.get(name) ?? { box: { x: 0, y: 0, w: 0, h: 0 }, most: 0, least: 0 };
	const side = variant.module * qrModules;
	return {
		qr: { x: area.w - side, y: 0, w: side, h: side },
		heading: slot('heading').box,
		name: slot('heading'),
		about: level.group
			? { size: between([6 * point, 7 * point], scale), leerId: level.leerId }
			: null,
		userCaption: slot('userCaption'),
		userName: slot('userName'),
		passwordCaption: slot('passwordCaption'),
		password: slots.get('password') ?? null,
		...placePictures(spec, variant, slots.get('pictures')),
		address: slots.get('address') ?? null
	};
}

function placePictures(
	{ imageLength, pictureNameWidth }: CardSpec,
	{ pictureColumns }: Variant,
	slot: TextSlot | undefined
): Pick<CardTemplate, 'pictures' | 'pictureNames'> {
	if (!slot) return { pictures: [], pictureNames: [] };
	const { box, most: size } = slot;
	const names = pictureNameWidth > 0 ? smallestType * lineHeight : 0;
	const nameWidth = pictureNameWidth * smallestType + 1;
	const cell = Math.min(box.w / pictureColumns, Math.max(size * 1.25, nameWidth));
	const pictures: Box[] = [];
	const pictureNames: TextSlot[] = [];
	for (let i = 0; i < imageLength; i++) {
		const x = box.x + (i % pictureColumns) * cell;
		const y = box.y + Math.floor(i / pictureColumns) * (size + names + pictureGap);
		pictures.push({ x: names > 0 ? x + (cell - size) / 2 : x, y, w: size, h: size });
		if (names > 0) {
			const nameBox = { x, y: y + size, w: cell, h: names };
			pictureNames.push({ box: nameBox, most: smallestType, least: smallestType });
		}
	}
	return { pictures, pictureNames };
}
