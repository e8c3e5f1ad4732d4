import { auditLines, type AuditProgress, type AuditVerdict } from '#lib/protocol/audit.ts';
import type { Endpoint } from '../endpoint.ts';
import { describeError } from '../log.ts';
import type { Session } from '../session/sessions.ts';
import { verifyAudit } from '../audit/verify.ts';

/** Milliseconds between two lines that say how far it is. */
const pause = 500;

/**
 * A verification that says how far it is, a line of JSON each time, and at last what came of it: a long
 * chain takes longer than anybody waits without a sign. It ends when nobody reads any more, when its
 * session asks for another, and with the endpoint.
 */
export function verdictStream(endpoint: Endpoint, { id, school }: Session): Response {
	const { streams, store } = endpoint;
	const key = `${id} verdict`;
	const stopping = new AbortController();
	const stop = (): void => stopping.abort();
	streams.get(key)?.();
	streams.set(key, stop);
	const stream = new ReadableStream<string>({
		start: (lines) => {
			const say = (line: AuditProgress | AuditVerdict) =>
				lines.enqueue(`${JSON.stringify(line)}\n`);
			let saidAt = performance.now();
			const onProgress = (checked: number, all: number): void => {
				if (performance.now() - saidAt < pause) return;
				saidAt = performance.now();
				say({ checked, all });
			};
			const verifying = verifyAudit(store, school, { onProgress, signal: stopping.signal })
				.then((verdict) => {
					say(verdict);
					lines.close();
				})
				.catch((error: unknown) => {
					if (!stopping.signal.aborted) {
						endpoint.log({ where: 'audit verdict', ...describeError(error) });
					}
					lines.error(error);
				})
				.finally(() => {
					if (streams.get(key) === stop) streams.delete(key);
				});
			void endpoint.running(verifying);
		},
		cancel: stop
	});
	return new Response(stream.pipeThrough(new TextEncoderStream()), {
		headers: {
			'content-type': auditLines,
			'cache-control': 'no-store',
			// nginx would hold lines back.
			'x-accel-buffering': 'no'
		}
	});
}
