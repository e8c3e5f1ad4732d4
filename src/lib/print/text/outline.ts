import type { TrueType } from './true-type.ts';

interface Point {
	readonly x: number;
	readonly y: number;
	readonly on: boolean;
}

/** Turns a glyph's points into places on the page. */
export type Place = (x: number, y: number) => string;

/**
 * The outline of a glyph as SVG path data, for the preview on screen.
 * @param place Gets font units, y upwards.
 */
export function glyphOutline(font: TrueType, gid: number, place: Place): string {
	const data = font.glyphData(gid);
	if (data.length === 0) return '';
	const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
	const contourCount = view.getInt16(0);
	if (contourCount < 0) return compositeOutline(font, view, place);
	return readContours(view, contourCount)
		.map((contour) => contourPath(contour, place))
		.join('');
}

const argsAreWords = 1;
const hasScale = 8;
const moreComponents = 32;
const hasTwoScales = 64;
const hasMatrix = 128;

/** The components of a composite glyph: where they stand, and how they are turned. */
export function readComponents(view: DataView) {
	const components = [];
	for (let at = 10, more = true; more;) {
		const flags = view.getUint16(at);
		const gidAt = at + 2;
		at += 4;
		const words = (flags & argsAreWords) !== 0;
		const dx = words ? view.getInt16(at) : view.getInt8(at);
		const dy = words ? view.getInt16(at + 2) : view.getInt8(at + 1);
		at += words ? 4 : 2;
		const scale = (offset: number) => view.getInt16(at + offset) / 16384;
		let matrix: readonly [number, number, number, number] = [1, 0, 0, 1];
		if (flags & hasScale) {
			matrix = [scale(0), 0, 0, scale(0)];
			at += 2;
		} else if (flags & hasTwoScales) {
			matrix = [scale(0), 0, 0, scale(2)];
			at += 4;
		} else if (flags & hasMatrix) {
			matrix = [scale(0), scale(2), scale(4), scale(6)];
			at += 8;
		}
		components.push({ gid: view.getUint16(gidAt), gidAt, dx, dy, matrix });
		more = (flags & moreComponents) !== 0;
	}
	return components;
}

function compositeOutline(font: TrueType, view: DataView, place: Place): string {
	return readComponents(view)
		.map(({ gid, dx, dy, matrix: [a, b, c, d] }) =>
			glyphOutline(font, gid, (x, y) => place(a * x + c * y + dx, b * x + d * y + dy))
		)
		.join('');
}

function readContours(view: DataView, contourCount: number): Point[][] {
	const ends = Array.from({ length: contourCount }, (_, i) => view.getUint16(10 + i * 2));
	const pointCount = (ends.at(-1) ?? -1) + 1;
	let at = 10 + contourCount * 2;
	at += 2 + view.getUint16(at);
	const flags: number[] = [];
	while (flags.length < pointCount) {
		const flag = view.getUint8(at++);
		const times = flag & 8 ? view.getUint8(at++) + 1 : 1;
		for (let i = 0; i < times; i++) flags.push(flag);
	}
	const coordinates = (short: number, same: number) => {
		let value = 0;
		return flags.map((flag) => {
			if (flag & short) value += flag & same ? view.getUint8(at++) : -view.getUint8(at++);
			else if (!(flag & same)) {
				value += view.getInt16(at);
				at += 2;
			}
			return value;
		});
	};
	const xs = coordinates(2, 16);
	const ys = coordinates(4, 32);
	const points = flags.map((flag, i) => ({ x: xs[i] ?? 0, y: ys[i] ?? 0, on: (flag & 1) === 1 }));
	return ends.map((end, i) => points.slice(i === 0 ? 0 : (ends[i - 1] ?? 0) + 1, end + 1));
}

/** Two control points in a row have a point on the curve between them that is not stored. */
function contourPath(points: readonly Point[], place: Place): string {
	const first = points[0];
	const last = points.at(-1);
	if (!first || !last) return '';
	const start = first.on ? first : last.on ? last : middle(first, last);
	let path = `M${place(start.x, start.y)}`;
	let control: Point | null = null;
	const curveTo = (by: Point, to: Point) => `Q${place(by.x, by.y)} ${place(to.x, to.y)}`;
	for (const point of first.on ? points.slice(1) : points) {
		if (point.on) path += control ? curveTo(control, point) : `L${place(point.x, point.y)}`;
		else if (control) path += curveTo(control, middle(control, point));
		control = point.on ? null : point;
	}
	return `${path}${control ? curveTo(control, start) : ''}Z`;
}

function middle(a: Point, b: Point): Point {
	return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, on: true };
}
