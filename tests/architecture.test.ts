import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { circleFaults, graphOf } from './architecture/circles.ts';
import { domainFaults } from './architecture/domain.ts';
import { folderFaults, fullestFolder, isTest } from './architecture/files.ts';
import { floorFaults } from './architecture/floors.ts';
import {
	docstringFaults,
	habitFaults,
	longestFile,
	switchesLinterOff
} from './architecture/habits.ts';
import { importsOf } from './architecture/imports.ts';
import { arrowFaults } from './architecture/rooms.ts';

/** The files below a folder whose names end in one of these, with their texts. */
function read(folder: string, names: RegExp): [path: string, text: string][] {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && names.test(entry.name))
		.map((entry) => join(entry.parentPath, entry.name).replaceAll('\\', '/'))
		.filter((path) => !path.startsWith('src/lib/i18n/paraglide/'))
		.map((path) => [path, readFileSync(path, 'utf8')]);
}

const texts = new Map(read('src', /\.(?:ts|svelte|html)$/));
const paths = [...texts.keys()];
const everywhere = ['src', 'tests', 'scripts', 'entry'].flatMap((folder) =>
	read(folder, /\.(?:ts|js|mjs|svelte)$/)
);

/** The faults that a check finds in any of the sources. */
function faultsOf(check: (path: string, text: string) => string[]): string[] {
	return [...texts].flatMap(([path, text]) => check(path, text));
}

test('every import follows the arrows between the rooms', () => {
	expect(texts.size).toBeGreaterThan(100);
	expect(faultsOf(arrowFaults)).toEqual([]);
});

test('one file imports jsPDF, because it relies on the inside of it', () => {
	const importers = [...texts].filter(
		([path, text]) =>
			!isTest(path) && importsOf(path, text).some(({ target }) => target === 'jspdf')
	);
	expect(importers.map(([path]) => path)).toEqual(['src/lib/print/pdf/jspdf-document.ts']);
});

test('one file starts workers, so that none gets past the policy of Trusted Types', () => {
	const starters = [...texts].filter(([, text]) => /\bnew (?:Shared)?Worker\(/.test(text));
	expect(starters.map(([path]) => path)).toEqual(['src/lib/client/browser/start-worker.ts']);
});

test('every import of the domain goes down, from what follows to what is declared', () => {
	expect(faultsOf(domainFaults)).toEqual([]);
});

test('every import within a room goes down, where the room has floors', () => {
	expect(faultsOf(floorFaults)).toEqual([]);
});

test('no files go round in a circle at run time, and none of the domain by their types either', () => {
	expect(circleFaults(graphOf(texts, { withTypes: false }))).toEqual([]);
	const domain = new Map([...texts].filter(([path]) => path.startsWith('src/lib/domain/')));
	expect(circleFaults(graphOf(domain, { withTypes: true }))).toEqual([]);
});

test('no folder of a room holds more sources than one thing has', () => {
	expect(folderFaults(paths)).toEqual([]);
});

test('every source keeps the habits of the house', () => {
	expect(faultsOf(habitFaults)).toEqual([]);
});

test('no comment switches the linter off', () => {
	const switched = everywhere.filter(([, text]) => switchesLinterOff(text));
	expect(switched.map(([path]) => path)).toEqual([]);
});

test('every docstring begins with a noun or a verb of its own', () => {
	expect(everywhere.flatMap(([path, text]) => docstringFaults(path, text))).toEqual([]);
});

describe('the check of arrows finds', () => {
	const path = 'src/lib/vault/store.ts';
	const faultsIn = (text: string, at = path): string[] => arrowFaults(at, text);

	test.each([
		["import { a } from '#lib/print/bridge.ts';", 'vault may not import print'],
		["import type { A } from '#lib/client/app/app.svelte.ts';", 'vault may not import client'],
		["const a = await import('#lib/ui/overlay/menu.ts');", 'vault may not import ui'],
		["type A = import('#lib/exchange/zip/zip.ts').A;", 'vault may not import exchange'],
		["new Worker(new URL('../print/print.worker.ts', import.meta.url));", 'leaves its room'],
		["import url from '#lib/print/print.worker.ts?worker&url';", 'vault may not import print'],
		["import { a } from '../crypto/seal.ts';", 'leaves its room; write #lib/'],
		["import { a } from '#lib/crypto/seal';", 'lacks its extension'],
		["import { a } from '$lib/crypto/seal.ts';", 'is written #lib/'],
		["export { a } from './page.ts';", 'no barrels'],
		["export * from '#lib/domain/records.ts';", 'no barrels'],
		["import { argon2id } from 'hash-wasm';", 'belongs to crypto'],
		["import JSZip from 'jszip';", 'belongs to print'],
		["import { page } from '$app/state';", 'belongs to client'],
		["import { school } from '#lib/domain/testing/test-school.ts';", 'is only for tests']
	])('%s', (text, fault) => {
		expect(faultsIn(text)).toEqual([expect.stringContaining(fault)]);
	});

	test('a package in the domain, whatever it is', () => {
		expect(faultsIn("import x from 'temporal-polyfill';", 'src/lib/domain/dates.ts')).toHaveLength(
			1
		);
	});

	test('a page or a component that reaches past its rooms, in script and in markup', () => {
		const page = `<script lang="ts">import { open } from '#lib/vault/device/vault.ts';</script>
			{#await import('#lib/print/papers/cards.ts') then print}{print}{/await}`;
		expect(faultsIn(page, 'src/lib/pages/school/SettingsPage.svelte')).toHaveLength(2);
		expect(faultsIn(page, 'src/lib/ui/Button.svelte')).toHaveLength(2);
	});

	test('a server that reaches into the device, and a room that nobody drew', () => {
		expect(
			faultsIn("import '#lib/vault/device/vault.ts';", 'src/routes/api/sync/+server.ts')
		).toHaveLength(1);
		expect(faultsIn("import '#lib/domain/dates.ts';", 'src/lib/helpers/x.ts')).toEqual([
			'src/lib/helpers/x.ts: helpers is no room'
		]);
	});

	test('nothing in what the table allows', () => {
		const text = `import { seal } from '#lib/crypto/seal.ts';
			import { pages } from './pages.ts';
			import { Dexie } from 'dexie';`;
		expect(faultsIn(text)).toEqual([]);
		expect(faultsIn("import '#lib/print/bridge.ts';", 'src/lib/vault/store.test.ts')).toEqual([]);
	});
});

test('a name in a comment or a string is no import', () => {
	expect(importsOf('x.ts', "// import '#lib/a.ts'\nconst a = \"import '#lib/b.ts'\";")).toEqual([]);
});

describe('the check of the domain finds', () => {
	const at = (path: string, target: string) =>
		domainFaults(`src/lib/domain/${path}`, `import type { A } from '${target}';`);

	test.each([
		['kernel/field.ts', '../people/kinds.ts', 'only the kernel'],
		['kernel/state/state.ts', '../../registry/kinds.ts', 'only the kernel'],
		['cards/kinds.ts', '../people/kinds.ts', 'kinds are data'],
		['cards/kinds.ts', '../registry/records.ts', 'kinds are data'],
		['people/names.ts', '../accounts/kinds.ts', 'people does not lie above accounts'],
		['accounts/actors.ts', '../leer-id/list.ts', 'accounts does not lie above leer-id'],
		['cards/hand-out.ts', '../school/settings.ts', 'cards does not lie above school'],
		['history/reverse.ts', '../import/plan.ts', 'history does not lie above import'],
		['accounts/actors.ts', '../registry/scopes.ts', 'below what follows from all mutations'],
		['registry/records.ts', '../people/names.ts', 'imports no rules'],
		['registry/state.ts', './run.ts', 'imports no rules, and not the upper half']
	])('%s that imports %s', (path, target, fault) => {
		expect(at(path, target)).toEqual([expect.stringContaining(fault)]);
	});

	test('what nobody gave a place', () => {
		expect(at('calendar/kinds.ts', '../kernel/ids.ts')).toEqual([
			'src/lib/domain/calendar/kinds.ts: lies in no subject that has a place'
		]);
		expect(at('dates.ts', './kernel/ids.ts')).toHaveLength(1);
		expect(at('registry/helpers.ts', './kinds.ts')).toEqual([
			'src/lib/domain/registry/helpers.ts: lies in neither half of the registry'
		]);
	});

	test.each([
		['kernel/state/state.ts', '../ids.ts'],
		['cards/kinds.ts', '../kernel/field.ts'],
		['cards/mutations.ts', '../credentials/status.ts'],
		['cards/mutations.ts', './kinds.ts'],
		['cards/mutations.ts', '../registry/mutation.ts'],
		['school/mutations.ts', '../cards/card-key.ts'],
		['history/describe.ts', '../registry/mutations.ts'],
		['registry/records.ts', '../history/kinds.ts'],
		['registry/scopes.ts', '../accounts/sight.ts'],
		['people/names.test.ts', '../registry/run.ts'],
		['testing/every-kind.ts', '../registry/kinds.ts']
	])('nothing in %s that imports %s', (path, target) => {
		expect(at(path, target)).toEqual([]);
	});

	test('nothing in other rooms', () => {
		expect(domainFaults('src/lib/vault/x.ts', "import '#lib/domain/kernel/ids.ts';")).toEqual([]);
	});
});

describe('the check of circles finds', () => {
	const faultsIn = (sources: Record<string, string>, withTypes = false) =>
		circleFaults(graphOf(new Map(Object.entries(sources)), { withTypes }));
	const a = 'src/lib/ui/a.ts';
	const b = 'src/lib/ui/B.svelte';
	const c = 'src/lib/ui/c.ts';
	const component = `<script lang="ts">import { c } from './c.ts';</script>`;

	test('a way that comes back, through components and what is fetched later', () => {
		const sources = { [a]: "import '#lib/ui/B.svelte';", [b]: component };
		expect(faultsIn({ ...sources, [c]: "const a = () => import('./a.ts');" })).toEqual([
			`${a} → ${b} → ${c} → ${a} go round in a circle`
		]);
		expect(faultsIn({ ...sources, [c]: '' })).toEqual([]);
	});

	test('a file that imports itself', () => {
		expect(faultsIn({ [c]: "import { c } from './c.ts';" })).toHaveLength(1);
	});

	test('a way back through a type only where types count', () => {
		const sources = (back: string) => ({ [a]: "import { c } from './c.ts';", [c]: back });
		const asType = sources("import type { A } from './a.ts';");
		expect(faultsIn(asType)).toEqual([]);
		expect(faultsIn(asType, true)).toHaveLength(1);
		expect(faultsIn(sources("type A = import('./a.ts').A;"))).toEqual([]);
		// The module still loads, whatever of it is only a type.
		expect(faultsIn(sources("import { type A } from './a.ts';"))).toHaveLength(1);
	});

	test('every circle, and nothing in two ways to one file', () => {
		const two = { [a]: "import './c.ts'; import './B.svelte';", [b]: component };
		expect(faultsIn({ ...two, [c]: '' })).toEqual([]);
		expect(faultsIn({ ...two, [c]: "import './a.ts'; import './B.svelte';" })).toHaveLength(2);
	});
});

describe('the check of floors finds', () => {
	const page = 'src/lib/vault/pages/page.ts';

	test('an import upwards, by type too', () => {
		expect(floorFaults(page, "import '../disk/a.ts'; import './b.ts'; import 'c';")).toEqual([]);
		expect(floorFaults(page, "import type { A } from '#lib/vault/device/a.ts';")).toEqual([
			`${page}: device lies above pages (#lib/vault/device/a.ts)`
		]);
	});

	test('a source on no floor, tests aside', () => {
		expect(floorFaults('src/lib/vault/a.ts', '')).toHaveLength(1);
		expect(floorFaults('src/lib/vault/a.test.ts', '')).toEqual([]);
		expect(floorFaults('src/lib/scan/a.ts', "import '#lib/vault/device/a.ts';")).toEqual([]);
	});
});

describe('the check of folders finds', () => {
	const files = (count: number, folder = 'src/lib/scan') =>
		Array.from({ length: count }, (_, at) => `${folder}/file-${at}.ts`);

	test('one that holds too many, tests aside', () => {
		expect(folderFaults(files(fullestFolder))).toEqual([]);
		expect(folderFaults(files(fullestFolder + 1))).toEqual([
			'src/lib/scan holds 26 sources, more than 25'
		]);
		const tested = [...files(fullestFolder), 'src/lib/scan/x.test.ts', 'src/lib/scan/test-kit.ts'];
		expect(folderFaults(tested)).toEqual([]);
		expect(folderFaults(files(40, 'src/routes/beheer'))).toEqual([]);
	});
});

describe('the check of habits finds', () => {
	test.each([
		['src/lib/ui/x.ts', 'export default 1;', 'default export'],
		['src/lib/ui/x.ts', 'export default function x() {}', 'default export'],
		['src/lib/pages/x.ts', 'const a = { title: m.app_lock() };', 'while it loads'],
		['src/lib/ui/x.ts', 'enum A { b }', 'enum'],
		['src/lib/ui/someThing.ts', '', 'kebab-case'],
		['src/lib/ui/button.svelte', '', 'PascalCase'],
		['src/lib/ui/Button.svelte', '<p style="color: red">x</p>', 'style attribute'],
		['src/lib/pages/cards/A.svelte', '{session.actor?.rights.length}', 'session.may'],
		['src/routes/a/+page.svelte', '\n'.repeat(14), '14 lines'],
		['src/lib/ui/Button.svelte', '<p style={x}>x</p>', 'style attribute'],
		['src/app.html', '<div style="display: contents"></div>', 'style attribute'],
		['src/lib/ui/x.ts', '\n'.repeat(longestFile + 1), '301 lines'],
		['src/lib/domain/x.ts', 'const a = Date.now();', 'not pure'],
		['src/lib/domain/x.ts', 'const a = new Date();', 'not pure'],
		['src/lib/domain/x.ts', 'const a = Math.random();', 'not pure'],
		['src/lib/domain/x.ts', 'const a = crypto.randomUUID();', 'not pure'],
		['src/lib/domain/x.ts', 'setTimeout(a);', 'not pure'],
		['src/lib/vault/x.ts', "crypto.subtle.digest('SHA-256', a);", 'WebCrypto']
	])('%s: %j', (path, text, fault) => {
		expect(habitFaults(path, text)).toEqual([expect.stringContaining(fault)]);
	});

	test.each(['//', '/*', '<!--'])('a linter that is switched off after %s', (start) => {
		expect(switchesLinterOff(`a();\n\t${start} oxlint-disable-next-line no-console`)).toBe(true);
		expect(switchesLinterOff('.oxlintrc.json says what oxlint-disable would do')).toBe(false);
	});

	test.each(['What', 'Who', 'Whoever', 'Whose', 'Answers'])(
		'a docstring that begins with %s',
		(word) => {
			const at = (start: string, path = 'src/lib/vault/x.ts') =>
				docstringFaults(path, `${start}${word} it holds. */\nconst a = 1;`);
			const fault = `has a docstring that begins with ${word}`;
			expect(at('/** ')).toEqual([`src/lib/vault/x.ts: ${fault}`]);
			expect(at('/**\n\t * ')).toHaveLength(1);
			expect(at('<script lang="ts">\n/** ', 'src/lib/vault/A.svelte')).toHaveLength(1);
			expect(at('/** ', 'tests/server/support/x.ts')).toEqual([
				`tests/server/support/x.ts: ${fault}`
			]);
			expect(at('/** Says ')).toEqual([]);
			expect(at('/* ')).toEqual([]);
		}
	);

	test('nothing in a docstring that only mentions such a word', () => {
		const text = '/** Whatever is left. */\n/** Tells what it holds. What is gone is left out. */';
		expect(docstringFaults('src/lib/vault/x.ts', text)).toEqual([]);
	});

	test('nothing in what is written as it should be', () => {
		const component = '<p style:width={width}>x</p><style>p { color: red }</style>';
		expect(habitFaults('src/lib/ui/Button.svelte', component)).toEqual([]);
		const said =
			'class A { title = m.app_lock() } const a = { get title() { return m.app_lock(); } };';
		expect(habitFaults('src/lib/pages/x.ts', said)).toEqual([]);
		const dates = 'const a = new Date(2026, 7, 1); type T = { window: string; document: string };';
		expect(habitFaults('src/lib/domain/dates.ts', dates)).toEqual([]);
	});
});
