import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('../../', import.meta.url));

export interface AppServer {
	/** Such as http://localhost:41234, without a slash at its end. */
	origin: string;
	port: number;
	/** Ends the process: the network is gone for its users. */
	stop(): Promise<void>;
}

/**
 * Serves the production build in a process of its own, as `npm start` does.
 *
 * @param options.port default: any free one
 * @param options.project another folder that the project has been built in
 * @throws Error when it does not come up; its output is then on ours
 */
export async function startAppServer(
	options: { port?: number; env?: Record<string, string>; project?: string } = {}
): Promise<AppServer> {
	const entry = join(options.project ?? here, 'entry/serve.ts');
	const child = spawn(process.execPath, [entry], {
		env: { ...process.env, ...options.env, PORT: String(options.port ?? 0) },
		stdio: ['ignore', 'pipe', 'inherit']
	});
	const port = await readPort(child);
	return { origin: `http://localhost:${port}`, port, stop: () => stop(child) };
}

async function readPort(child: ChildProcess): Promise<number> {
	let said = '';
	const ended = once(child, 'exit').then(() => {
		throw new Error(`The server ended at once: ${said}`);
	});
	const ready = new Promise<number>((resolve) => {
		child.stdout?.on('data', (chunk: Buffer) => {
			said += chunk.toString();
			const port = /http:\/\/localhost:(\d+)/.exec(said)?.[1];
			if (port) resolve(Number(port));
		});
	});
	return Promise.race([ready, ended]);
}

async function stop(child: ChildProcess): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	const ended = once(child, 'exit');
	child.kill('SIGTERM');
	await ended;
}
