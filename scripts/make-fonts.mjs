// Writes src/lib/print/fonts/*.ttf: Noto Sans, cut down to what names and our own words use, without
// hinting, with the tables that shaping needs. The whole fonts are 34 MB, so they are no dependency:
//   npm install --no-save $(node scripts/make-fonts.mjs --packages) && node scripts/make-fonts.mjs
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const latin = [
	[0x20, 0x7e],
	[0xa0, 0x24f],
	[0x259, 0x259],
	[0x2b9, 0x2bf],
	[0x300, 0x338],
	[0x1e00, 0x1eff],
	[0x2010, 0x2027],
	[0x2030, 0x203a],
	[0x20ac, 0x20ac],
	[0x2116, 0x2116],
	[0x25cc, 0x25cc]
];
const greekAndCyrillic = [
	[0x370, 0x3ff],
	[0x1f00, 0x1fff],
	[0x400, 0x52f]
];
const common = [
	[0x20, 0x20],
	[0xa0, 0xa0],
	[0x200c, 0x200d],
	[0x25cc, 0x25cc]
];

/** [file, package, weight, code points]. */
const fonts = [
	['latin-regular', 'noto-sans', '400Regular', [...latin, ...greekAndCyrillic]],
	['latin-bold', 'noto-sans', '600SemiBold', [...latin, ...greekAndCyrillic]],
	['arabic', 'noto-sans-arabic', '500Medium', [...common, [0x600, 0x6ff], [0x750, 0x77f]]],
	['hebrew', 'noto-sans-hebrew', '500Medium', [...common, [0x590, 0x5ff]]],
	['armenian', 'noto-sans-armenian', '500Medium', [...common, [0x530, 0x58f]]],
	['georgian', 'noto-sans-georgian', '500Medium', [...common, [0x10a0, 0x10ff], [0x1c90, 0x1cbf]]],
	['devanagari', 'noto-sans-devanagari', '500Medium', [...common, [0x900, 0x97f]]],
	['bengali', 'noto-sans-bengali', '500Medium', [...common, [0x964, 0x965], [0x980, 0x9ff]]],
	['tamil', 'noto-sans-tamil', '500Medium', [...common, [0xb80, 0xbff]]],
	['thai', 'noto-sans-thai', '500Medium', [...common, [0xe00, 0xe7f]]],
	['ethiopic', 'noto-sans-ethiopic', '500Medium', [...common, [0x1200, 0x137f]]]
];

if (process.argv.includes('--packages')) {
	const packages = new Set(fonts.map(([, name]) => `@expo-google-fonts/${name}@0.4`));
	console.log([...packages].join(' '));
	process.exit();
}

const require = createRequire(import.meta.url);
const { instance } = await WebAssembly.instantiate(
	readFileSync(require.resolve('harfbuzzjs/dist/harfbuzz-subset.wasm'))
);
const hb = instance.exports;
hb._initialize();

const noHinting = 1;
const dropTables = 3;
const unicodes = 1;

function subset(data, ranges) {
	const at = hb.malloc(data.length);
	new Uint8Array(hb.memory.buffer).set(data, at);
	const face = hb.hb_face_create(hb.hb_blob_create(at, data.length, 2, 0, 0), 0);
	const input = hb.hb_subset_input_create_or_fail();
	hb.hb_subset_input_set_flags(input, noHinting);
	const wanted = hb.hb_subset_input_set(input, unicodes);
	for (const [from, to] of ranges) for (let c = from; c <= to; c++) hb.hb_set_add(wanted, c);
	const dropped = hb.hb_subset_input_set(input, dropTables);
	for (const tag of ['STAT', 'post', 'name', 'meta', 'gasp', 'MVAR'])
		hb.hb_set_add(dropped, Buffer.from(tag).readUInt32BE());
	const result = hb.hb_face_reference_blob(hb.hb_subset_or_fail(face, input));
	const start = hb.hb_blob_get_data(result, 0);
	return new Uint8Array(hb.memory.buffer).slice(start, start + hb.hb_blob_get_length(result));
}

const folder = new URL('../src/lib/print/fonts/', import.meta.url);
mkdirSync(folder, { recursive: true });
for (const [file, name, weight, ranges] of fonts) {
	const source = require
		.resolve(`@expo-google-fonts/${name}/package.json`)
		.replace('package.json', weight);
	const [ttf] = readdirSync(source).filter((entry) => entry.endsWith('.ttf'));
	const font = subset(readFileSync(`${source}/${ttf}`), ranges);
	writeFileSync(new URL(`${file}.ttf`, folder), font);
	console.log(file, font.length);
}
