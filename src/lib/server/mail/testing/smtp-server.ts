import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

/** A mail that a client handed over. */
export interface Received {
	readonly from: string;
	readonly to: readonly string[];
	/** Headers and body as they came. */
	readonly data: string;
}

export interface SmtpServer {
	readonly url: string;
	readonly received: readonly Received[];
	/** The answer for the next recipients: `250 ok`, `550 unknown`, `451 later`. */
	answer: string;
	close(): Promise<void>;
}

/** As much of RFC 5321 as a client needs to deliver a mail. */
export async function startSmtpServer(): Promise<SmtpServer> {
	const received: Received[] = [];
	const server = createServer((socket) => void talk(socket));
	const sockets = new Set<Socket>();
	const running: SmtpServer = {
		url: '',
		received,
		answer: '250 ok',
		async close() {
			for (const socket of sockets) socket.destroy();
			server.close();
			await once(server, 'close');
		}
	};

	async function talk(socket: Socket): Promise<void> {
		sockets.add(socket);
		socket.on('error', () => undefined);
		const say = (line: string): unknown => socket.write(`${line}\r\n`);
		say('220 test');
		let from = '';
		let to: string[] = [];
		let data: string[] | null = null;
		for await (const line of createInterface(socket)) {
			if (data) {
				if (line !== '.') data.push(line);
				else {
					received.push({ from, to, data: data.join('\n') });
					data = null;
					to = [];
					say('250 ok');
				}
			} else if (line.startsWith('MAIL')) {
				from = line;
				say('250 ok');
			} else if (line.startsWith('RCPT')) {
				if (running.answer.startsWith('250')) to.push(line);
				say(running.answer);
			} else if (line === 'DATA') {
				data = [];
				say('354 go on');
			} else say(line === 'QUIT' ? '221 bye' : '250 ok');
		}
	}

	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	return Object.assign(running, { url: `smtp://127.0.0.1:${port}` });
}
