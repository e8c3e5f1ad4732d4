import { hostFrom } from './host.ts';
import { bodyLimit, createEntryServer, type Handler, stopGently } from './server.ts';

/** How long a stopping server lets running requests finish, in milliseconds. */
const graceMs = 5_000;

const port = Number(process.env['PORT'] ?? 3000);
const host = hostFrom(process.env);
// The server asks who can reach it (src/lib/server/process/endpoint.ts).
if (host !== undefined) process.env['HOST'] = host;

process.env['BODY_SIZE_LIMIT'] ??= String(bodyLimit);
const built: string = new URL('../build/handler.js', import.meta.url).href;
const { handler } = (await import(built)) as { handler: Handler };

const server = createEntryServer(handler, {
	killServiceWorker: process.env['KILL_SERVICE_WORKER'] === '1'
});

server.on('error', (error: NodeJS.ErrnoException) => {
	if (error.code !== 'EADDRINUSE') throw error;
	console.error(
		`Port ${port} is taken by another program. Stop that one, or choose another port: PORT=${port + 1} npm start`
	);
	process.exit(1);
});

server.listen({ port, host }, () => {
	const address = server.address();
	const actual = typeof address === 'object' && address ? address.port : port;
	console.log(`Schoolsleutel is ready: http://localhost:${actual}`);
});

/** The server finishes what it is at by itself; what is still running after that is not waited for. */
function stop(): void {
	void stopGently(server, graceMs).then(() => {
		setTimeout(() => process.exit(0), graceMs).unref();
	});
}
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
