import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { toBits } from '../text/rasterize.ts';
import type { PrintAssets } from '../text/font-files.ts';

/** The app's files as tests and benches read them, without a browser; a box for each device glyph. */
export const nodeAssets: PrintAssets = {
	font: (key) => readFile(new URL(`../fonts/${key}.ttf`, import.meta.url)),
	harfBuzz: async () => {
		const path = createRequire(import.meta.url).resolve('harfbuzzjs/dist/harfbuzz.wasm');
		return Uint8Array.from(await readFile(path));
	},
	rasterize: (text) => {
		const pixelsPerEm = 40;
		const columns = pixelsPerEm * [...text].length;
		const rgba = new Uint8ClampedArray(columns * pixelsPerEm * 4).fill(200);
		return {
			bits: toBits(rgba, columns, pixelsPerEm),
			columns,
			rows: pixelsPerEm,
			pixelsPerEm,
			baseline: 34,
			advance: columns
		};
	}
};
