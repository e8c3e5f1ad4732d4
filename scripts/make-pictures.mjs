// Writes the picture set of image passwords from Microsoft's Fluent emoji (flat), MIT:
//   node scripts/make-pictures.mjs && prettier --write src/lib/domain/credentials/picture*.ts
// Run it after changing `chosen`. A released name stays for good: passwords are made of it.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { absolutePath } from './svg-path.mjs';

/**
 * [our name, the icon's name], in the order in which a school with fewer choices takes them: the
 * first twenty differ most. Chosen by outline, not by colour, so that they can be told apart in
 * grey and by colour-blind children; no two round fruits or look-alike animals.
 */
const chosen = [
	['cat', 'cat'],
	['apple', 'red-apple'],
	['rocket', 'rocket'],
	['umbrella', 'umbrella'],
	['fish', 'tropical-fish'],
	['key', 'key'],
	['tree', 'evergreen-tree'],
	['elephant', 'elephant'],
	['bicycle', 'bicycle'],
	['banana', 'banana'],
	['star', 'star'],
	['scissors', 'scissors'],
	['duck', 'duck'],
	['house', 'house'],
	['guitar', 'guitar'],
	['snail', 'snail'],
	['car', 'automobile'],
	['strawberry', 'strawberry'],
	['butterfly', 'butterfly'],
	['bell', 'bell'],
	['turtle', 'turtle'],
	['balloon', 'balloon'],
	['giraffe', 'giraffe'],
	['pineapple', 'pineapple'],
	['crown', 'crown'],
	['sailboat', 'sailboat'],
	['carrot', 'carrot'],
	['hedgehog', 'hedgehog'],
	['drum', 'drum'],
	['moon', 'crescent-moon'],
	['octopus', 'octopus'],
	['cheese', 'cheese-wedge'],
	['hammer', 'hammer'],
	['snake', 'snake'],
	['candle', 'candle'],
	['grapes', 'grapes'],
	['penguin', 'penguin'],
	['cactus', 'cactus'],
	['doughnut', 'doughnut'],
	['cherries', 'cherries']
];

const licence = `// Made by scripts/make-pictures.mjs; do not edit.
// Pictures: Fluent Emoji, copyright (c) Microsoft Corporation, MIT License.
`;

const require = createRequire(import.meta.url);
const set = JSON.parse(
	readFileSync(require.resolve('@iconify-json/fluent-emoji-flat/icons.json'), 'utf8')
);

const pictures = chosen.map(([name, icon]) => {
	const body = set.icons[icon].body;
	const elements = [...body.matchAll(/<(\w+)([^>]*?)\/?>/g)];
	const odd = elements.find(([, tag]) => tag !== 'path' && tag !== 'g');
	if (odd) throw new Error(`${icon} has a ${odd[1]}`);
	const shapes = elements
		.filter(([, tag]) => tag === 'path')
		.map(([, , attributes]) => shape(attributes));
	return [name, { viewBox: set.width ?? 32, shapes }];
});

function shape(attributes) {
	const read = (name) => new RegExp(`(?:^| )${name}="([^"]*)"`).exec(attributes)?.[1];
	if (read('opacity')) throw new Error('paper has no opacity');
	return {
		fill: hex(read('fill') ?? '#000'),
		d: absolutePath(read('d')),
		...(read('fill-rule') === 'evenodd' && { evenOdd: true })
	};
}

function hex(fill) {
	if (fill === 'white') return '#ffffff';
	if (/^#[0-9a-f]{3}$/i.test(fill)) return fill.replace(/[0-9a-f]/gi, '$&$&').toLowerCase();
	if (/^#[0-9a-f]{6}$/i.test(fill)) return fill.toLowerCase();
	throw new Error(`unknown fill ${fill}`);
}

const folder = new URL('../src/lib/domain/credentials/', import.meta.url);
writeFileSync(
	new URL('pictures.ts', folder),
	`${licence}
/**
 * The pictures that image passwords are made of. A school with n choices uses the first n. Released
 * names stay: passwords are made of them.
 */
export const pictureNames = ${JSON.stringify(chosen.map(([name]) => name))} as const;

export type PictureName = (typeof pictureNames)[number];
`
);
writeFileSync(
	new URL('picture-paths.ts', folder),
	`${licence}
import type { PictureName } from './pictures.ts';

export interface PictureShape {
	/** \`#rrggbb\`. */
	readonly fill: string;
	/** Absolute M, L, C and Z only. */
	readonly d: string;
	readonly evenOdd?: true;
}

export interface Picture {
	/** Width and height of the square that the paths are drawn in. */
	readonly viewBox: number;
	readonly shapes: readonly PictureShape[];
}

/** Apart from the names, so that lists don't load the paths. */
// prettier-ignore
export const picturePaths: Readonly<Record<PictureName, Picture>> = {
${pictures.map(([name, picture]) => `\t${name}: ${JSON.stringify(picture)}`).join(',\n')}
};
`
);
