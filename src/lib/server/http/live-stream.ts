import type { Scope } from '#lib/domain/registry/scopes.ts';
import type { Endpoint } from '../process/endpoint.ts';
import { describeError } from '../base/log.ts';
import type { Session } from '../accounts/sessions.ts';

/** Milliseconds between two signs of life, so that nothing in between takes a stream for dead. */
const heartbeat = 25_000;
/** A reader who takes nothing for so many events is gone, or means harm. */
const mostUnread = 100;

/**
 * Server-sent events: the touched scopes, for each poke. A browser has one stream, a newer one
 * replaces it; it ends with its session.
 *
 * @param stillIn whether the session still lets in; asked with every heartbeat
 */
export async function liveAnswer(
	endpoint: Endpoint,
	session: Session,
	stillIn: () => Promise<boolean>
): Promise<Response> {
	// Before the answer, after which the device reads: so nothing is written in between unheard.
	const version = await endpoint.schools.live.version(session.school);
	const source = new LiveStream(endpoint, { session, version, stillIn });
	const stream = new ReadableStream<string>(source);
	return new Response(stream.pipeThrough(new TextEncoderStream()), {
		headers: {
			'content-type': 'text/event-stream',
			'cache-control': 'no-store',
			// nginx would hold events back.
			'x-accel-buffering': 'no'
		}
	});
}

class LiveStream implements UnderlyingDefaultSource<string> {
	readonly #endpoint: Endpoint;
	readonly #session: Session;
	readonly #version: number;
	readonly #stillIn: () => Promise<boolean>;
	#stop: () => void = () => undefined;

	constructor(
		endpoint: Endpoint,
		of: {
			readonly session: Session;
			readonly version: number;
			readonly stillIn: () => Promise<boolean>;
		}
	) {
		this.#endpoint = endpoint;
		this.#session = of.session;
		this.#version = of.version;
		this.#stillIn = of.stillIn;
	}

	start(stream: ReadableStreamDefaultController<string>): void {
		const { streams, schools } = this.#endpoint;
		const { school, account, id } = this.#session;
		streams.get(id)?.();
		const end = (): void => {
			this.#stop();
			stream.close();
		};
		const say = (text: string): void => {
			if ((stream.desiredSize ?? 0) < -mostUnread) end();
			else stream.enqueue(text);
		};
		const poke = (scopes: readonly Scope[] | null): void =>
			scopes ? say(`data: ${JSON.stringify(scopes)}\n\n`) : end();
		const stopListening = schools.live.listen({ school, account, version: this.#version }, poke);
		const beat = setInterval(() => void this.#beat(say, end), heartbeat);
		this.#stop = () => {
			this.#stop = () => undefined;
			stopListening();
			clearInterval(beat);
			if (streams.get(id) === end) streams.delete(id);
		};
		streams.set(id, end);
		say(':\n\n');
	}

	cancel(): void {
		this.#stop();
	}

	async #beat(say: (text: string) => void, end: () => void): Promise<void> {
		try {
			const isIn = await this.#stillIn();
			// It may have ended while that was looked up.
			if (this.#endpoint.streams.get(this.#session.id) !== end) return;
			if (isIn) say(':\n\n');
			else end();
		} catch (error) {
			this.#endpoint.log({ where: 'live', ...describeError(error) });
		}
	}
}
