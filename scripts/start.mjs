// npm start: installs, builds and serves; each only as far as needed.
import { spawn } from 'node:child_process';
import process from 'node:process';
import { ensureBuilt, ensureInstalled, fail, node, root } from './setup.mjs';

try {
	await ensureInstalled();
	await ensureBuilt();
	serve();
} catch (error) {
	fail(error);
}

function serve() {
	const server = spawn(node, ['entry/serve.ts'], { cwd: root, stdio: 'inherit' });
	for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
		process.on(signal, () => server.kill(signal));
	}
	server.on('exit', (code) => process.exit(code ?? 0));
}
