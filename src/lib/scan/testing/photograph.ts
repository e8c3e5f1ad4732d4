import { Random } from '#lib/demo/random.ts';

/** A flat thing to photograph, in shades of grey from 0 to 255. */
export interface Sheet {
	readonly grey: Uint8ClampedArray;
	readonly width: number;
	readonly height: number;
	/** Pixels per millimetre. */
	readonly perMm: number;
}

/** How a picture of 640 × 480 is taken. Angles in degrees; what is left out is not there. */
export interface Shot {
	/** Where the camera points, in mm from the sheet's top left corner. */
	readonly at: { readonly x: number; readonly y: number };
	/** Pixels of the picture per millimetre of the sheet, in the middle. */
	readonly scale: number;
	readonly roll?: number;
	readonly pitch?: number;
	readonly yaw?: number;
	/** Out of focus: standard deviation in pixels of the picture. */
	readonly blur?: number;
	/** How much light there is; 1 is plenty. */
	readonly light?: number;
	/** Of the sensor: standard deviation in shades. */
	readonly noise?: number;
	/** A fold through a point of the sheet, in mm. */
	readonly crease?: { readonly x: number; readonly y: number; readonly angle: number };
	/** A bright spot, in pixels from the picture's middle. */
	readonly glare?: { readonly x: number; readonly y: number; readonly radius: number };
}

export const frameSize = { width: 640, height: 480 } as const;
const { width, height } = frameSize;

/** Of a camera that sees some fifty degrees across, in pixels. */
const focalLength = 700;
const desk = 110;

/** Returns what a camera would see of a sheet. The same seed gives the same picture. */
export function photograph(sheet: Sheet, shot: Shot, seed: number): ImageData {
	const seen = new Float32Array(width * height);
	const look = lookAt(shot);
	for (let v = 0; v < height; v++) {
		for (let u = 0; u < width; u++) {
			// Four rays a pixel, as a sensor's pixel gathers light from all over itself.
			let sum = 0;
			for (const dv of [-0.25, 0.25]) {
				for (const du of [-0.25, 0.25]) {
					sum += shadeAt(sheet, shot, look(u + du - width / 2, v + dv - height / 2));
				}
			}
			seen[v * width + u] = sum / 4;
		}
	}
	return develop(blurred(seen, shot.blur ?? 0), shot, new Random(seed));
}

interface Point {
	readonly x: number;
	readonly y: number;
}

/** From a place in the picture to the place on the sheet, in mm. */
function lookAt({
	at,
	scale,
	roll = 0,
	pitch = 0,
	yaw = 0
}: Shot): (u: number, v: number) => Point {
	const [a, b, c] = [roll, pitch, yaw].map((degrees) => (degrees * Math.PI) / 180) as [
		number,
		number,
		number
	];
	const distance = focalLength / scale;
	// The sheet's own axes as the camera sees them: rolled, then tipped away, then turned aside.
	const turn = (x: number, y: number): [number, number, number] => {
		const [rx, ry] = [x * Math.cos(a) - y * Math.sin(a), x * Math.sin(a) + y * Math.cos(a)];
		const [py, pz] = [ry * Math.cos(b), ry * Math.sin(b)];
		return [rx * Math.cos(c) + pz * Math.sin(c), py, pz * Math.cos(c) - rx * Math.sin(c)];
	};
	const [xx, xy, xz] = turn(1, 0);
	const [yx, yy, yz] = turn(0, 1);
	return (u, v) => {
		const [p, q] = [u / focalLength, v / focalLength];
		// Solves distance·e₃ + x·X + y·Y = t·(p, q, 1) for x and y.
		const [ax, bx] = [xx - p * xz, yx - p * yz];
		const [ay, by] = [xy - q * xz, yy - q * yz];
		const determinant = ax * by - bx * ay;
		const x = (distance * (p * by - q * bx)) / determinant;
		const y = (distance * (q * ax - p * ay)) / determinant;
		return { x: at.x + x, y: at.y + y };
	};
}

function shadeAt(sheet: Sheet, { crease }: Shot, place: Point): number {
	if (!crease) return sampled(sheet, place);
	const angle = (crease.angle * Math.PI) / 180;
	const across = (place.x - crease.x) * Math.sin(angle) - (place.y - crease.y) * Math.cos(angle);
	// Paper rises towards a fold: what lies there shifts, one side is darker, its ink is chipped.
	const rise = 0.3 * Math.exp(-((across / 4) ** 2));
	const shifted = {
		x: place.x + rise * Math.sin(angle),
		y: place.y - rise * Math.cos(angle)
	};
	if (Math.abs(across) < 0.25) return 215;
	return sampled(sheet, shifted) * (across > 0 ? 1 : 1 - 0.35 * Math.exp(-Math.abs(across) / 6));
}

function sampled(sheet: Sheet, { x, y }: Point): number {
	const [left, top] = [x * sheet.perMm - 0.5, y * sheet.perMm - 0.5];
	const [column, row] = [Math.floor(left), Math.floor(top)];
	if (column < 0 || row < 0 || column + 1 >= sheet.width || row + 1 >= sheet.height) return desk;
	const at = row * sheet.width + column;
	const [dx, dy] = [left - column, top - row];
	const upper = mix(sheet.grey[at] ?? 0, sheet.grey[at + 1] ?? 0, dx);
	const lower = mix(sheet.grey[at + sheet.width] ?? 0, sheet.grey[at + sheet.width + 1] ?? 0, dx);
	return mix(upper, lower, dy);
}

function mix(one: number, other: number, share: number): number {
	return one + (other - one) * share;
}

/** A Gaussian, along rows and then along columns. */
function blurred(seen: Float32Array, deviation: number): Float32Array {
	if (deviation === 0) return seen;
	const reach = Math.ceil(deviation * 3);
	const weights = Array.from({ length: 2 * reach + 1 }, (_, i) =>
		Math.exp(-((i - reach) ** 2) / (2 * deviation ** 2))
	);
	const total = weights.reduce((sum, weight) => sum + weight, 0);
	/** @param step from one pixel of a line to the next; @param length of a line */
	const along = (from: Float32Array, step: number, length: number) =>
		from.map((_, at) => {
			const place = Math.floor(at / step) % length;
			let sum = 0;
			for (let i = -reach; i <= reach; i++) {
				const inside = Math.min(Math.max(place + i, 0), length - 1) - place;
				sum += (weights[i + reach] ?? 0) * (from[at + inside * step] ?? 0);
			}
			return sum / total;
		});
	return along(along(seen, 1, width), width, height);
}

/** From light to an image: glare and shot noise come before the sensor is full. */
function develop(seen: Float32Array, shot: Shot, random: Random): ImageData {
	const { light = 1, noise = 0, glare } = shot;
	const data = new Uint8ClampedArray(width * height * 4);
	for (const [at, shade] of seen.entries()) {
		const [u, v] = [(at % width) - width / 2, Math.floor(at / width) - height / 2];
		const spot = glare
			? 255 * Math.exp(-(((u - glare.x) ** 2 + (v - glare.y) ** 2) / glare.radius ** 2))
			: 0;
		const value = (shade + spot) * light + noise * normal(random);
		data.set([value, value, value, 255], at * 4);
	}
	return { data, width, height, colorSpace: 'srgb' };
}

/** Near enough to a normal draw, of deviation 1. */
function normal(random: Random): number {
	return (random.next() + random.next() + random.next() + random.next() - 2) * Math.sqrt(3);
}
