import { fileOf, isTest } from './files.ts';
import { importsOf } from './imports.ts';

/** The subjects of the domain, the lowest first; one imports only what lies below its row. */
const subjects: readonly (readonly string[])[] = [
	['people'],
	['credentials'],
	['accounts', 'leer-id'],
	['cards'],
	// Makes a school with its first account and its card key.
	['school'],
	['import', 'history']
];

/**
 * The part that the subjects' rules are written with: it knows their kinds, and none of their
 * rules.
 */
const lowerRegistry = [
	'kinds.ts',
	'records.ts',
	'state.ts',
	'indexes.ts',
	'references.ts',
	'can-stand.ts',
	'refusal.ts',
	'mutation.ts',
	'tiers.ts'
];

/** The part that follows from all kinds and mutations together. */
const upperRegistry = [
	'args-now.ts',
	'mutations.ts',
	'run.ts',
	'rights.ts',
	'scopes.ts',
	'sight.ts',
	'asked-about.ts',
	'migrations.ts'
];

interface OfSubject {
	readonly subject: string;
	/** The higher, the more it may import. */
	readonly row: number;
}

type Place =
	| { readonly is: 'kernel' }
	| { readonly is: 'lower' }
	| { readonly is: 'upper' }
	| ({ readonly is: 'kinds' } & OfSubject)
	| ({ readonly is: 'rules' } & OfSubject)
	/** Nobody gave it a place. */
	| { readonly is: 'nowhere'; readonly why: string };

/** Returns the faults in the imports of a source of the domain, a sentence each (design.md 4). */
export function domainFaults(path: string, text: string): string[] {
	const from = placeOf(path);
	if (!from || isTest(path)) return [];
	if (from.is === 'nowhere') return [`${path}: ${from.why}`];
	return importsOf(path, text).flatMap(({ target }) => {
		const to = placeOf(fileOf(path, target) ?? '');
		// An import that leaves the domain, or has no place, is a fault of its own.
		if (!to || to.is === 'nowhere') return [];
		const fault = faultOf(from, to);
		return fault === null ? [] : [`${path}: ${fault} (${target})`];
	});
}

function faultOf(from: Place, to: Place): string | null {
	if (from.is === 'upper' || to.is === 'kernel') return null;
	if (from.is === 'kernel') return 'the kernel imports only the kernel';
	if (from.is === 'kinds') return 'kinds are data, and import only the kernel';
	if (from.is === 'lower') {
		if (to.is === 'lower' || to.is === 'kinds') return null;
		return 'the lower half of the registry imports no rules, and not the upper half';
	}
	if (from.is === 'nowhere' || to.is === 'nowhere' || to.is === 'lower') return null;
	if (to.is === 'upper') {
		if (from.row === subjects.length - 1) return null;
		return `${from.subject} lies below what follows from all mutations`;
	}
	if (from.subject === to.subject || from.row > to.row) return null;
	return `${from.subject} does not lie above ${to.subject}`;
}

function placeOf(path: string): Place | null {
	const inDomain = /^src\/lib\/domain\/(?:([^/]+)\/)?(.+)$/.exec(path);
	if (!inDomain) return null;
	const [, folder = '', rest = ''] = inDomain;
	if (folder === 'kernel') return { is: 'kernel' };
	if (folder === 'registry') {
		if (lowerRegistry.includes(rest)) return { is: 'lower' };
		if (upperRegistry.includes(rest)) return { is: 'upper' };
		return { is: 'nowhere', why: 'lies in neither half of the registry' };
	}
	const row = subjects.findIndex((each) => each.includes(folder));
	if (row === -1) return { is: 'nowhere', why: 'lies in no subject that has a place' };
	return { is: rest === 'kinds.ts' ? 'kinds' : 'rules', subject: folder, row };
}
