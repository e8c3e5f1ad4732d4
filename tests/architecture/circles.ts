import { fileOf } from './files.ts';
import { importsOf } from './imports.ts';

/** The imports of each source, by its path. */
type Graph = ReadonlyMap<string, readonly string[]>;

/**
 * The files of the house that each source imports. At run time, a type that is imported is not there;
 * what is fetched later, by `import()` or as a worker, is.
 * @param sources text by path
 */
export function graphOf(
	sources: ReadonlyMap<string, string>,
	{ withTypes }: { readonly withTypes: boolean }
): Graph {
	const nodes = [...sources].map(([path, text]): [string, readonly string[]] => [
		path,
		importsOf(path, text)
			.filter(({ typeOnly }) => withTypes || !typeOnly)
			.map(({ target }) => fileOf(path, target))
			.filter((file) => file !== undefined)
	]);
	return new Map(nodes);
}

/** The circles of files that import each other, a sentence each: at least one where there are any. */
export function circleFaults(graph: Graph): string[] {
	const faults: string[] = [];
	const done = new Set<string>();
	const way: string[] = [];
	const walk = (path: string) => {
		if (done.has(path)) return;
		const at = way.indexOf(path);
		if (at !== -1) {
			faults.push(`${[...way.slice(at), path].join(' → ')} go round in a circle`);
			return;
		}
		way.push(path);
		for (const next of graph.get(path) ?? []) walk(next);
		way.pop();
		done.add(path);
	};
	for (const path of graph.keys()) walk(path);
	return faults;
}
