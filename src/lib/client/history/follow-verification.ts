import { ok, refuse, type Result } from '#lib/domain/kernel/result.ts';
import { parseApiError } from '#lib/protocol/api-error.ts';
import {
	auditLines,
	parseAuditProgress,
	parseAuditVerdict,
	type AuditProgress,
	type AuditVerdict
} from '#lib/protocol/audit.ts';
import { sessionKeyHeaders } from '#lib/protocol/session-key.ts';
import type { AskFailure, Asker } from '../browser/ask.ts';

/** Milliseconds without a line: it says how far it is twice a second. */
const patience = 30_000;

export interface Following {
	readonly by: Asker;
	readonly onProgress: (progress: AuditProgress) => void;
	/** Nobody waits for it any more. */
	readonly signal: AbortSignal;
}

/** Has the server go along the whole log, and follows how far it is. */
export async function followVerification(
	{ by, onProgress, signal }: Following,
	send: typeof fetch = fetch
): Promise<Result<AuditVerdict, AskFailure>> {
	const silence = new Silence();
	try {
		const response = await send('/api/audit/verify', {
			headers: { accept: auditLines, ...sessionKeyHeaders(by.value) },
			signal: AbortSignal.any([signal, silence.signal, by.closed])
		});
		if (!response.ok) {
			return refuse(parseApiError(await response.json().catch(() => null)) ?? broken);
		}
		let verdict: AuditVerdict | null = null;
		for await (const line of linesOf(response)) {
			silence.broken();
			const progress = parseAuditProgress(line);
			if (progress) onProgress(progress);
			else verdict = parseAuditVerdict(line);
		}
		return verdict ? ok(verdict) : refuse(broken);
	} catch {
		return refuse({ code: 'offline' });
	} finally {
		silence.end();
	}
}

const broken = { code: 'broken' } as const;

/** Ends a wait for a server that says nothing for too long. */
class Silence {
	readonly #abort = new AbortController();
	#timer = this.#begin();

	get signal(): AbortSignal {
		return this.#abort.signal;
	}

	broken(): void {
		clearTimeout(this.#timer);
		this.#timer = this.#begin();
	}

	end(): void {
		clearTimeout(this.#timer);
	}

	#begin(): ReturnType<typeof setTimeout> {
		return setTimeout(() => this.#abort.abort(), patience);
	}
}

/** Yields each line as JSON; a server that knows no lines sends all of it as one. */
async function* linesOf({ body }: Response): AsyncGenerator {
	const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
	let rest = '';
	try {
		for (;;) {
			const part = await reader?.read();
			if (!part?.value) break;
			const lines = (rest + part.value).split('\n');
			rest = lines.pop() ?? '';
			for (const line of lines) yield JSON.parse(line);
		}
		if (rest !== '') yield JSON.parse(rest);
	} finally {
		// After a line that is none, none that follows is either: the server need not go on.
		await reader?.cancel();
	}
}
