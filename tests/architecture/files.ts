import { dirname, join } from 'node:path/posix';

/** Unit tests and what only they use; they may reach further than what is shipped. */
export function isTest(path: string): boolean {
	return /\.test\.ts$|\/test-[^/]+\.ts$|\/testing(?:\.ts$|\/)/.test(path);
}

/** The file below the project's root that an import names; nothing for a package. */
export function fileOf(path: string, target: string): string | undefined {
	if (target.startsWith('#lib/')) return target.replace('#lib/', 'src/lib/');
	return target.startsWith('.') ? join(dirname(path), target) : undefined;
}

/** A folder of a room holds at most so many sources, tests aside: more are several things. */
export const fullestFolder = 25;

/** Folders that hold too many sources, a sentence each. */
export function folderFaults(paths: readonly string[]): string[] {
	const shipped = paths.filter((path) => path.startsWith('src/lib/') && !isTest(path));
	const counts = new Map<string, number>();
	for (const folder of shipped.map(dirname)) counts.set(folder, (counts.get(folder) ?? 0) + 1);
	return [...counts]
		.filter(([, count]) => count > fullestFolder)
		.map(([folder, count]) => `${folder} holds ${count} sources, more than ${fullestFolder}`);
}
