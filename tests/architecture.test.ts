import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { habitFaults, longestFile, switchesLinterOff } from './architecture/habits.ts';
import { importsOf } from './architecture/imports.ts';
import { arrowFaults } from './architecture/rooms.ts';

/** Files that may be longer, each with the reason why it is one thing. */
const allowedLong: Record<string, string> = {};

const sources = readdirSync('src', { recursive: true, withFileTypes: true })
	.filter((entry) => entry.isFile() && /\.(?:ts|svelte|html)$/.test(entry.name))
	.map((entry) => join(entry.parentPath, entry.name).replaceAll('\\', '/'))
	.filter((path) => !path.startsWith('src/lib/i18n/paraglide/'));

test('every import follows the arrows between the rooms', () => {
	expect(sources.length).toBeGreaterThan(100);
	expect(sources.flatMap((path) => arrowFaults(path, readFileSync(path, 'utf8')))).toEqual([]);
});

test('every source keeps the habits of the house', () => {
	const faults = sources
		.flatMap((path) => habitFaults(path, readFileSync(path, 'utf8')))
		.filter(
			(fault) => !(fault.includes(' lines, ') && (fault.split(':', 1)[0] ?? '') in allowedLong)
		);
	expect(faults).toEqual([]);
});

test('no comment switches the linter off', () => {
	const switched = ['src', 'tests', 'scripts', 'entry']
		.flatMap((folder) => readdirSync(folder, { recursive: true, withFileTypes: true }))
		.filter((entry) => entry.isFile() && /\.(?:ts|js|mjs|svelte)$/.test(entry.name))
		.map((entry) => join(entry.parentPath, entry.name).replaceAll('\\', '/'))
		.filter((path) => !path.startsWith('src/lib/i18n/paraglide/'))
		.filter((path) => switchesLinterOff(readFileSync(path, 'utf8')));
	expect(switched).toEqual([]);
});

describe('the check of arrows finds', () => {
	const path = 'src/lib/vault/store.ts';
	const faultsIn = (text: string, at = path): string[] => arrowFaults(at, text);

	test.each([
		["import { a } from '#lib/print/bridge.ts';", 'vault may not import print'],
		["import type { A } from '#lib/client/app.svelte.ts';", 'vault may not import client'],
		["const a = await import('#lib/ui/menu.ts');", 'vault may not import ui'],
		["type A = import('#lib/exchange/zip.ts').A;", 'vault may not import exchange'],
		["new Worker(new URL('../print/print.worker.ts', import.meta.url));", 'leaves its room'],
		["import url from '#lib/print/print.worker.ts?worker&url';", 'vault may not import print'],
		["import { a } from '../crypto/seal.ts';", 'leaves its room; write #lib/'],
		["import { a } from '#lib/crypto/seal';", 'lacks its extension'],
		["import { a } from '$lib/crypto/seal.ts';", 'is written #lib/'],
		["export { a } from './page.ts';", 'no barrels'],
		["export * from '#lib/domain/records.ts';", 'no barrels'],
		["import { argon2id } from 'hash-wasm';", 'belongs to crypto'],
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
		const page = `<script lang="ts">import { open } from '#lib/vault/vault.ts';</script>
			{#await import('#lib/print/print.ts') then print}{print}{/await}`;
		expect(faultsIn(page, 'src/routes/beheer/+page.svelte')).toHaveLength(2);
		expect(faultsIn(page, 'src/lib/ui/Button.svelte')).toHaveLength(2);
	});

	test('an endpoint that reaches into the device, and a room that nobody drew', () => {
		expect(
			faultsIn("import '#lib/vault/vault.ts';", 'src/routes/api/sync/+server.ts')
		).toHaveLength(1);
		expect(faultsIn("import '#lib/domain/dates.ts';", 'src/lib/helpers/x.ts')).toEqual([
			'src/lib/helpers/x.ts: helpers is no room'
		]);
	});

	test('nothing in what the table allows', () => {
		const text = `import { seal } from '#lib/crypto/seal.ts';
			import { pages } from './pages.ts';
			import { wrap } from 'idb';`;
		expect(faultsIn(text)).toEqual([]);
		expect(faultsIn("import '#lib/print/bridge.ts';", 'src/lib/vault/store.test.ts')).toEqual([]);
	});
});

test('a name in a comment or a string is no import', () => {
	expect(importsOf('x.ts', "// import '#lib/a.ts'\nconst a = \"import '#lib/b.ts'\";")).toEqual([]);
});

describe('the check of habits finds', () => {
	test.each([
		['src/lib/ui/x.ts', 'export default 1;', 'default export'],
		['src/lib/ui/x.ts', 'export default function x() {}', 'default export'],
		['src/lib/ui/x.ts', 'enum A { b }', 'enum'],
		['src/lib/ui/someThing.ts', '', 'kebab-case'],
		['src/lib/ui/button.svelte', '', 'PascalCase'],
		['src/lib/ui/Button.svelte', '<p style="color: red">x</p>', 'style attribute'],
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

	test('nothing in what is written as it should be', () => {
		const component = '<p style:width={width}>x</p><style>p { color: red }</style>';
		expect(habitFaults('src/lib/ui/Button.svelte', component)).toEqual([]);
		const dates = 'const a = new Date(2026, 7, 1); type T = { window: string; document: string };';
		expect(habitFaults('src/lib/domain/dates.ts', dates)).toEqual([]);
	});
});
