import { fileOf, isTest } from './files.ts';
import { importsOf } from './imports.ts';

/** The folders of a room, the lowest first: one imports only itself and what lies below, by type too. */
const floors: Readonly<Record<string, readonly string[]>> = {
	'src/lib/vault': ['disk', 'pages', 'replica', 'outbox', 'device'],
	'src/lib/exchange': ['text', 'values', 'zip', 'xlsx', 'table', 'edexml', 'oneroster', 'file'],
	'src/lib/server': [
		...[
			'base',
			'store',
			'due',
			'limits',
			'mail',
			'session',
			'audit',
			'sync',
			'schools',
			'accounts'
		],
		...['upkeep', 'process', 'http']
	],
	'src/lib/client': [
		...[
			'browser',
			'sync',
			'session',
			'form',
			'print',
			'list',
			'accounts',
			'leer-id',
			'cards',
			'import'
		],
		...['history', 'school', 'sign-in', 'unsent', 'app']
	],
	'src/lib/pages': [
		'frame',
		...[
			'people',
			'credentials',
			'history',
			'accounts',
			'cards',
			'leer-id',
			'import',
			'school',
			'unsent'
		],
		...['sign-in', 'home', 'areas']
	]
};

/** Returns the faults in a source's imports between the folders of its room, a sentence each. */
export function floorFaults(path: string, text: string): string[] {
	const room = Object.keys(floors).find((each) => path.startsWith(`${each}/`));
	if (room === undefined || isTest(path)) return [];
	const folders = floors[room] ?? [];
	const folderOf = (file: string) => file.slice(room.length + 1).split('/')[0] ?? '';
	const from = folders.indexOf(folderOf(path));
	if (from === -1) return [`${path} lies on no floor of ${room}`];
	return importsOf(path, text).flatMap(({ target }) => {
		const file = fileOf(path, target) ?? '';
		if (!file.startsWith(`${room}/`)) return [];
		const to = folders.indexOf(folderOf(file));
		return to > from ? [`${path}: ${folders[to]} lies above ${folders[from]} (${target})`] : [];
	});
}
