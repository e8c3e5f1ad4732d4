import { picturePaths } from '#lib/domain/credentials/picture-paths.ts';
import type { PictureName } from '#lib/domain/credentials/pictures.ts';
import { colour, number } from './syntax.ts';

const operators: Readonly<Record<string, string>> = { M: 'm', L: 'l', C: 'c', Z: 'h' };

/** A picture as PDF operators in a unit square, y downwards as in SVG. */
export function pictureForm(name: string): string {
	const { viewBox, shapes } = picturePaths[name as PictureName] ?? { viewBox: 1, shapes: [] };
	const scale = String(Math.round(1e6 / viewBox) / 1e6);
	const drawn = shapes.map(({ fill, d, evenOdd }) => {
		return `${colour(fill)} rg ${pathOperators(d)}${evenOdd ? 'f*' : 'f'}\n`;
	});
	return `${scale} 0 0 ${scale} 0 0 cm\n${drawn.join('')}`;
}

function pathOperators(d: string): string {
	let path = '';
	for (const [, letter = '', operands = ''] of d.matchAll(/([MLCZ])([^MLCZ]*)/g)) {
		const numbers = operands
			.trim()
			.split(/[\s,]+/)
			.filter(Boolean)
			.map(Number);
		path += `${numbers.map((value) => `${number(value)} `).join('')}${operators[letter]} `;
	}
	return path;
}
