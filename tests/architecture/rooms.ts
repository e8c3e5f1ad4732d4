import { fileOf, isTest } from './files.ts';
import { type Import, importsOf } from './imports.ts';

/** Which rooms each room may import besides itself: the table of design.md 4. */
const arrows: Record<string, readonly string[]> = {
	domain: [],
	crypto: [],
	protocol: ['domain'],
	i18n: ['domain'],
	exchange: ['domain'],
	scan: ['domain'],
	demo: ['domain'],
	print: ['domain', 'i18n'],
	ui: ['domain', 'i18n'],
	vault: ['domain', 'crypto'],
	server: ['domain', 'crypto', 'protocol', 'exchange', 'i18n'],
	sync: ['domain', 'protocol', 'vault'],
	client: [
		'domain',
		'crypto',
		'protocol',
		'i18n',
		'exchange',
		'scan',
		'demo',
		'print',
		'ui',
		'vault',
		'sync'
	],
	pages: ['client', 'ui', 'domain', 'i18n'],
	routes: ['pages', 'i18n'],
	endpoints: ['server', 'protocol', 'domain'],
	'service-worker': []
};

/** Packages that have one door, and the rooms behind it. The domain uses no package at all. */
const doors: readonly [RegExp, readonly string[]][] = [
	[/^hash-wasm$/, ['crypto']],
	[/^dexie$/, ['vault']],
	[/^(?:jspdf|jszip)$/, ['print']],
	[/^valibot$/, ['protocol']],
	[/^(?:zxing-wasm(?:\/.+)?|@zxing\/.+)$/, ['scan']],
	[/^(?:kysely|pg|nodemailer|node:.+)$/, ['server', 'endpoints']],
	[/^virtual:words\/.+$/, ['i18n', 'print', 'routes']],
	[/^workbox-window\/.+$/, ['client']],
	[/^workbox-(?!window).+$/, ['service-worker']],
	[/^svelte(?:\/.+)?$/, ['ui', 'client', 'pages', 'routes']],
	[/^@lucide\/svelte(?:\/.+)?$/, ['ui', 'pages']],
	[/^\$(?:app|env)\/.+$/, ['client', 'pages', 'routes', 'endpoints']]
];

/** The room in which a source lies, from its path below the project's root. */
export function roomOf(path: string): string | undefined {
	const room = /^src\/lib\/([^/]+)\//.exec(path)?.[1];
	if (room) return room;
	if (/^src\/(?:hooks\.server\.ts$|routes\/(?:.*\/)?\+server\.ts$)/.test(path)) return 'endpoints';
	if (/^src\/(?:routes\/|hooks\.client\.ts$)/.test(path)) return 'routes';
	return path === 'src/service-worker.ts' ? 'service-worker' : undefined;
}

/** Returns the faults in a source's imports, a sentence each. */
export function arrowFaults(path: string, text: string): string[] {
	const room = roomOf(path);
	if (!room) return [];
	const allowed = arrows[room];
	if (!allowed) return [`${path}: ${room} is no room`];
	return importsOf(path, text)
		.map((found) => faultOf(path, room, allowed, found))
		.filter((fault) => fault !== undefined)
		.map((fault) => `${path}: ${fault}`);
}

function faultOf(
	path: string,
	room: string,
	allowed: readonly string[],
	{ target, passesOn }: Import
): string | undefined {
	if (passesOn) return `passes on ${target}: no barrels, import from the source itself`;
	if (target.startsWith('$lib')) return `${target} is written #lib/…`;
	const file = fileOf(path, target);
	if (file === undefined) return isTest(path) ? undefined : packageFault(room, target);
	if (isTest(path)) return undefined;
	if (isTest(file)) return `${target} is only for tests`;
	const other = roomOf(file);
	if (other === room) return undefined;
	if (!target.startsWith('#lib/')) return `${target} leaves its room; write #lib/…`;
	if (!/\.[a-z]+$/.test(target)) return `${target} lacks its extension`;
	if (other && allowed.includes(other)) return undefined;
	return `${room} may not import ${other ?? target} (${target})`;
}

function packageFault(room: string, target: string): string | undefined {
	if (room === 'domain') return `the domain uses no package (${target})`;
	const door = doors.find(([name]) => name.test(target));
	if (!door || door[1].includes(room)) return undefined;
	return `${target} belongs to ${door[1].join(', ')}`;
}
