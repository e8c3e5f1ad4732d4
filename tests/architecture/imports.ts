import ts from 'typescript';

export interface Import {
	/** As written, without `?url` and the like: `#lib/print/bridge.ts`, `./x.ts`, `dexie`. */
	target: string;
	/** `export … from` rather than `import`. */
	passesOn: boolean;
	/** Gone once types are: `import type …`. (`import { type … }` still loads the module.) */
	typeOnly: boolean;
}

/** Each source is asked about more than once, and its tree takes long. */
const known = new Map<string, Import[]>();

/**
 * Every module that a source names: static and dynamic imports, imported types, `export … from`, and
 * `new URL('…', import.meta.url)`, by which workers and files are reached.
 *
 * @param path decides how the text is read; of a component, its scripts and its markup are
 */
export function importsOf(path: string, text: string): Import[] {
	const key = `${path}\n${text}`;
	const found = known.get(key) ?? readImports(path, text);
	known.set(key, found);
	return found;
}

function readImports(path: string, text: string): Import[] {
	if (!path.endsWith('.svelte')) return importsOfScript(text);
	const scripts = [...text.matchAll(/<script[^>]*>(.*?)<\/script>/gs)];
	const markup = text.replaceAll(/<(script|style)[^>]*>.*?<\/\1>/gs, '');
	return [
		...scripts.flatMap(([, script]) => importsOfScript(script ?? '')),
		...[...markup.matchAll(/\bimport\(\s*(['"`])(.+?)\1\s*\)/g)].map(([, , target]) =>
			asImport(target ?? '')
		)
	];
}

/** A source's syntax tree; nodes know their parents. */
export function parse(text: string): ts.SourceFile {
	return ts.createSourceFile('x.ts', text, ts.ScriptTarget.Latest, true);
}

/** Every node below `node`, itself included; no tokens and comments, which would be scanned for anew. */
export function nodesOf(node: ts.Node): ts.Node[] {
	const nodes: ts.Node[] = [];
	const visit = (one: ts.Node) => {
		nodes.push(one);
		ts.forEachChild(one, visit);
	};
	visit(node);
	return nodes;
}

function importsOfScript(text: string): Import[] {
	return nodesOf(parse(text)).flatMap((node) => {
		const found = specifierOf(node);
		return found && ts.isStringLiteralLike(found)
			? [asImport(found.text, ts.isExportDeclaration(node), isTypeOnly(node))]
			: [];
	});
}

function specifierOf(node: ts.Node): ts.Node | undefined {
	if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier;
	if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
		return node.argument.literal;
	if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
		return node.arguments[0];
	}
	if (ts.isNewExpression(node) && node.expression.getText() === 'URL') {
		const [target, base] = node.arguments ?? [];
		return base?.getText() === 'import.meta.url' ? target : undefined;
	}
	return undefined;
}

function isTypeOnly(node: ts.Node): boolean {
	if (ts.isImportDeclaration(node)) {
		return node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
	}
	return ts.isImportTypeNode(node) || (ts.isExportDeclaration(node) && node.isTypeOnly);
}

function asImport(written: string, passesOn = false, typeOnly = false): Import {
	return { target: written.split('?', 1)[0] ?? '', passesOn, typeOnly };
}
