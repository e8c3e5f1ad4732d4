import { execFile, execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findPostgres } from '../../scripts/postgres.mjs';

export interface PostgresServer {
	/** Of an empty database; a further one by another name. */
	url: string;
	/** Makes one more empty database. Returns its URL. */
	database(name: string): Promise<string>;
	/** Ends the server and deletes its data. */
	stop(): Promise<void>;
}

/**
 * Starts a PostgreSQL of our own: in a new folder, on a free port of this machine alone. It refuses
 * to run as root, so root starts it as `postgres`.
 *
 * @returns nothing when no PostgreSQL is installed
 */
export async function startPostgres(): Promise<PostgresServer | undefined> {
	const programs = findPostgres();
	if (!programs) return undefined;
	const as = process.getuid?.() === 0 ? userNamed('postgres') : undefined;
	const folder = mkdtempSync(join(tmpdir(), 'postgres-'));
	if (as) chownSync(folder, as.uid, as.gid);
	const data = join(folder, 'data');
	const run = promisify(execFile);
	const cluster = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C'];
	await run(join(programs, 'initdb'), [...cluster, '--no-sync'], { ...as, cwd: folder });
	const port = await freePort();
	const settings = ['-p', String(port), '-k', folder, '-c', 'listen_addresses=127.0.0.1'];
	const child = spawn(join(programs, 'postgres'), ['-D', data, ...settings], {
		...as,
		cwd: folder,
		stdio: ['ignore', 'ignore', 'pipe']
	});
	const kill = () => child.kill('SIGQUIT');
	process.on('exit', kill);
	await ready(child);
	const at = `postgres://postgres@127.0.0.1:${port}`;
	return {
		url: `${at}/postgres`,
		database: async (name) => {
			const where = ['-h', '127.0.0.1', '-p', String(port), '-U', 'postgres'];
			await run(join(programs, 'createdb'), [...where, name], { cwd: folder });
			return `${at}/${name}`;
		},
		stop: async () => {
			process.off('exit', kill);
			const ended = once(child, 'exit');
			child.kill('SIGINT');
			await ended;
			rmSync(folder, { recursive: true, force: true });
		}
	};
}

function userNamed(name: string): { uid: number; gid: number } {
	const id = (flag: string) => Number(execFileSync('id', [flag, name]).toString());
	return { uid: id('-u'), gid: id('-g') };
}

async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	server.close();
	await once(server, 'close');
	if (address === null || typeof address === 'string') throw new Error('No free port');
	return address.port;
}

function ready(child: ChildProcess): Promise<void> {
	return new Promise((resolve, reject) => {
		let said = '';
		child.stderr?.on('data', (chunk: Buffer) => {
			said += chunk.toString();
			if (said.includes('ready to accept connections')) resolve();
		});
		child.on('error', reject);
		child.on('exit', () => reject(new Error(`PostgreSQL ended: ${said}`)));
	});
}
