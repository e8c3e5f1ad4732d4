// npm run bench -- NAME: measures one thing on the production build; the last line is JSON.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { ensureBuilt, ensureInstalled, exitCode, fail, node, root } from './setup.mjs';

const [name] = process.argv.slice(2);
const folder = 'tests/bench';
const file = join(folder, `${name}.bench.ts`);

if (!name || !existsSync(join(root, file))) {
	const names = readdirSync(join(root, folder))
		.filter((entry) => entry.endsWith('.bench.ts'))
		.map((entry) => entry.replace('.bench.ts', ''));
	fail(`npm run bench -- NAME, where NAME is one of: ${names.join(', ')}`);
}

try {
	await ensureInstalled();
	await ensureBuilt();
	process.exitCode = await exitCode(node, [file, ...process.argv.slice(3)]);
} catch (error) {
	fail(error);
}
