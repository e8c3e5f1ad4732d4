import harfBuzzUrl from 'harfbuzzjs/dist/harfbuzz.wasm?url';
import type { FontKey, PrintAssets } from './font-files.ts';
import { rasterizeWithDevice } from './rasterize.ts';

const fontUrls = import.meta.glob<string>('../fonts/*.ttf', {
	query: '?url',
	import: 'default',
	eager: true
});

/** Files of the app itself, which the service worker has precached; never from elsewhere. */
export const bundledAssets: PrintAssets = {
	font: async (key: FontKey) => new Uint8Array(await load(fontUrls[`../fonts/${key}.ttf`])),
	harfBuzz: () => load(harfBuzzUrl),
	rasterize: rasterizeWithDevice
};

async function load(url: string | undefined): Promise<ArrayBuffer> {
	const response = url ? await fetch(url) : null;
	if (!response?.ok) throw new Error(`could not load ${url}`);
	return response.arrayBuffer();
}
