import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('./endpoint-process.ts', import.meta.url));
/** Starting it a hundred times, half of the time is compiling. */
const compileCache = join(tmpdir(), 'schoolsleutel-compiled');

export interface EndpointServer {
	/** Such as http://127.0.0.1:41234. */
	readonly origin: string;
	readonly pid: number;
	/** How many rows its statements have returned. */
	rowsRead(): Promise<number>;
	/** Ends the process in the middle of whatever it is at, as when the power goes. */
	kill(): Promise<void>;
	/** Lets it finish what it is at. */
	stop(): Promise<void>;
}

/**
 * Starts the server in a process of its own; only `POST /api/sync` is served, and pages.
 *
 * @param env what it runs on: `DATA_DIR`, `DATABASE_URL`, `ENDPOINT_KEY`; `PAGES`: a folder of pages
 */
export async function startEndpoint(
	env: Readonly<Record<string, string>>
): Promise<EndpointServer> {
	const child = spawn(process.execPath, [program], {
		env: { ...process.env, NODE_COMPILE_CACHE: compileCache, ...env },
		stdio: ['ignore', 'ignore', 'inherit', 'ipc']
	});
	const exit = once(child, 'exit');
	const ended = exit.then(() => Promise.reject(new Error('The endpoint ended at once')));
	const [port] = (await Promise.race([once(child, 'message'), ended])) as [number];
	ended.catch(() => undefined);
	const end = async (signal: NodeJS.Signals): Promise<void> => {
		child.kill(signal);
		await exit;
	};
	return {
		origin: `http://127.0.0.1:${port}`,
		pid: child.pid ?? 0,
		rowsRead: async () => {
			const answered = once(child, 'message') as Promise<[number]>;
			child.send('rows');
			return (await answered)[0];
		},
		kill: () => end('SIGKILL'),
		stop: () => end('SIGTERM')
	};
}
