// Which unit tests share a process.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './setup.mjs';

/** Rooms that keep nothing in a module, and reach for no browser. */
const rooms = ['domain', 'protocol', 'exchange', 'print', 'server'];

/** The traces that another test in the same process would see. */
const changesTheWorld =
	/\bvi\.(?:mock|doMock|hoisted|stub|spyOn|useFake|setSystem)|\bglobalThis\b|\bprocess\.(?:env|on|chdir)\b/;

/**
 * Vitest's projects. A process of its own for each file takes longer than most files' tests, so those
 * of rooms without state share one; but not a test that changes what others see.
 *
 * @returns {import('vitest/config').TestProjectInlineConfiguration[]}
 */
export function unitTestProjects() {
	const shared = rooms
		.flatMap((room) => globSync(`src/lib/${room}/**/*.test.ts`, { cwd: root }))
		.map((path) => path.replaceAll('\\', '/'))
		.filter((path) => !changesTheWorld.test(readFileSync(join(root, path), 'utf8')));
	return [
		{ extends: true, test: { name: 'shared', include: shared, isolate: false } },
		{
			extends: true,
			test: {
				name: 'alone',
				include: ['{src,entry,scripts,tests}/**/*.test.ts'],
				exclude: shared
			}
		}
	];
}
