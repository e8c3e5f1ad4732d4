import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../peers/', import.meta.url));

export interface PeerServer {
	/** Serves /rxdb/ and /pouchdb/, and what their pages sync with. */
	readonly origin: string;
	stop(): Promise<void>;
}

/** Installs what `sync` compares with, in a folder of its own, unless it is there already. */
export function installPeers(): void {
	if (existsSync(`${folder}node_modules/.package-lock.json`)) return;
	console.log('Installing RxDB and PouchDB…');
	const parts = ['ci', '--legacy-peer-deps', '--omit=optional', '--ignore-scripts', '--no-audit'];
	const { status } = spawnSync('npm', [...parts, '--no-fund', '--loglevel=error'], {
		cwd: folder,
		stdio: 'inherit',
		shell: process.platform === 'win32'
	});
	if (status !== 0) throw new Error('The peers could not be installed');
}

/** Such as "RxDB 17.6.0, PouchDB 9.0.0". */
export function peerVersions(): string {
	const { dependencies } = JSON.parse(readFileSync(`${folder}package.json`, 'utf8')) as {
		dependencies: Record<string, string>;
	};
	return `RxDB ${dependencies['rxdb']}, PouchDB ${dependencies['pouchdb-browser']}`;
}

/** Where a peer's page lies, for bundling it. */
export function peerPage(name: 'rxdb' | 'pouchdb'): URL {
	return new URL(`../peers/${name}.page.mjs`, import.meta.url);
}

/**
 * Serves both peers in a process of their own.
 *
 * @param files the records as JSON, and the folders of the bundled pages
 */
export async function startPeers(files: {
	readonly records: string;
	readonly rxdb: string;
	readonly pouchdb: string;
}): Promise<PeerServer> {
	const { records, rxdb, pouchdb } = files;
	const child = spawn(process.execPath, [`${folder}serve.mjs`, records, rxdb, pouchdb], {
		stdio: ['ignore', 'ignore', 'inherit', 'ipc']
	});
	const exit = once(child, 'exit');
	const [port] = (await once(child, 'message')) as [number];
	return {
		origin: `http://127.0.0.1:${port}`,
		stop: async () => {
			child.disconnect();
			await exit;
		}
	};
}
