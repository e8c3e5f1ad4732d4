import { basename, extname } from 'node:path/posix';
import ts from 'typescript';
import { isTest } from './files.ts';
import { nodesOf, parse } from './imports.ts';
import { roomOf } from './rooms.ts';

/** The length at which two things often live together in a file. */
export const longestFile = 300;

/** A route only says which page lies at an address. */
const longestRoute = 13;

/**
 * Returns the faults in how a source is written, a sentence each: its name, its length, default
 * exports, enums, style attributes, rights that a page asks for, and in the domain, clocks and chance.
 */
export function habitFaults(path: string, text: string): string[] {
	const faults = [
		...nameFaults(path),
		...lengthFaults(path, text),
		...styleFaults(path, text),
		...rightFaults(path, text)
	];
	if (path.endsWith('.ts') && !path.endsWith('.d.ts')) faults.push(...syntaxFaults(path, text));
	return faults.map((fault) => `${path}: ${fault}`);
}

/** Oxlint can't be told to disregard such a comment, as eslint is. */
export function switchesLinterOff(text: string): boolean {
	return /(?:\/\/|\/\*|<!--)\s*oxlint-(?:disable|enable)/.test(text);
}

/**
 * Returns the docstrings that begin with a headless *what* or *who*, or say that a function *answers*:
 * their reader has to guess the thing that is meant.
 */
export function docstringFaults(path: string, text: string): string[] {
	const starts = text.matchAll(/\/\*\*[\s*]*(What|Whoever|Whose|Who|Answers)\b/g);
	return [...starts].map(([, word]) => `${path}: has a docstring that begins with ${word}`);
}

function nameFaults(path: string): string[] {
	const name = basename(path);
	// Kit's own names: +page.svelte, hooks.server.ts and the like.
	if (name.startsWith('+')) return [];
	const pattern = extname(path) === '.svelte' ? /^[A-Z][A-Za-z0-9]*\.svelte$/ : /^[a-z0-9.-]+$/;
	const wanted = extname(path) === '.svelte' ? 'PascalCase' : 'kebab-case';
	return pattern.test(name) ? [] : [`is not named in ${wanted}`];
}

/** A file of tests is a list; it may be long. */
function lengthFaults(path: string, text: string): string[] {
	if (isTest(path)) return [];
	const lines = text.split('\n').length - 1;
	if (roomOf(path) === 'routes' && lines > longestRoute) {
		return [`has ${lines} lines, more than ${longestRoute}: what a page does lies in pages`];
	}
	return lines > longestFile ? [`has ${lines} lines, more than ${longestFile}`] : [];
}

/** The policy refuses style attributes; `style:name={…}` goes another way and is allowed. */
function styleFaults(path: string, text: string): string[] {
	if (!/\.(?:svelte|html)$/.test(path)) return [];
	const markup = text.replaceAll(/<(script|style)[^>]*>.*?<\/\1>/gs, '');
	return /\sstyle\s*=/.test(markup) ? ['has a style attribute'] : [];
}

/** A right that somebody has is not yet what their role lets them do. */
function rightFaults(path: string, text: string): string[] {
	if (roomOf(path) !== 'pages' || isTest(path)) return [];
	return /\bactor\??\.rights\b/.test(text) ? ['asks for rights: ask session.may'] : [];
}

function syntaxFaults(path: string, text: string): string[] {
	const faults = new Set<string>();
	const inDomain = roomOf(path) === 'domain' && !isTest(path);
	for (const node of nodesOf(parse(text))) {
		if (ts.isEnumDeclaration(node)) faults.add('declares an enum');
		if (isDefaultExport(node)) faults.add('has a default export');
		if (isSaidAtOnce(node) && !isTest(path)) {
			faults.add(`says ${node.getText()} while it loads, before there are words`);
		}
		if (inDomain && isImpure(node)) faults.add(`is not pure (${node.getText()})`);
		if (reachesWebCrypto(node) && roomOf(path) !== 'crypto' && !isTest(path)) {
			faults.add('uses WebCrypto outside its one door, the room crypto');
		}
	}
	return [...faults];
}

/** A message outside any function: it keeps the language, or the lack of one, of the moment of loading. */
function isSaidAtOnce(node: ts.Node): boolean {
	const isMessage =
		ts.isCallExpression(node) &&
		ts.isPropertyAccessExpression(node.expression) &&
		node.expression.expression.getText() === 'm';
	// A field of a class is said when an object of it is made.
	const isLater = (one: ts.Node) => ts.isFunctionLike(one) || ts.isPropertyDeclaration(one);
	return isMessage && ts.findAncestor(node, isLater) === undefined;
}

function isDefaultExport(node: ts.Node): boolean {
	if (ts.isExportAssignment(node)) return true;
	return ts.canHaveModifiers(node)
		? (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword)
		: false;
}

const impureNames = new Set([
	'crypto',
	'performance',
	'fetch',
	'setTimeout',
	'setInterval',
	'window',
	'document',
	'localStorage',
	'indexedDB',
	'console'
]);

/** A clock, chance or the outside world: what a mutator must be told instead. */
function isImpure(node: ts.Node): boolean {
	if (ts.isNewExpression(node)) {
		return node.expression.getText() === 'Date' && (node.arguments ?? []).length === 0;
	}
	if (ts.isPropertyAccessExpression(node)) {
		return ['Date.now', 'Math.random', 'globalThis'].includes(node.getText());
	}
	const used = ts.isIdentifier(node) && impureNames.has(node.text);
	return used && (ts.isCallExpression(node.parent) || isOwner(node));
}

/** The `x` of `x.y`, rather than the `y`. */
function isOwner(node: ts.Identifier): boolean {
	return ts.isPropertyAccessExpression(node.parent) && node.parent.expression === node;
}

function reachesWebCrypto(node: ts.Node): boolean {
	return ts.isPropertyAccessExpression(node) && node.name.text === 'subtle';
}
