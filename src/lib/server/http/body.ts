import { done, no, type Answer } from '../accounts/tools.ts';

/** For everything but what syncs or moves in: names and passwords are short. */
export const smallBody = 16 * 1024;

/**
 * The body as JSON.
 * @param limit bytes; what is longer is not read to its end
 */
export async function readJson(request: Request, limit: number): Promise<Answer<unknown>> {
	// A form of another site can send text, but not say that it is JSON.
	if (!/^application\/json\s*(?:;|$)/i.test(request.headers.get('content-type') ?? '')) {
		return no('notJson');
	}
	const bytes = await readBytes(request, limit);
	if (!bytes) return no('tooLarge');
	try {
		return done(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
	} catch {
		return no('badRequest');
	}
}

/** null: longer than the limit. */
async function readBytes(request: Request, limit: number): Promise<Uint8Array | null> {
	if (Number(request.headers.get('content-length') ?? 0) > limit) return null;
	const reader = request.body?.getReader();
	const parts: Uint8Array[] = [];
	let length = 0;
	for (;;) {
		const part = await reader?.read();
		if (!part?.value) return Buffer.concat(parts);
		length += part.value.length;
		// The rest is left where it is: to cancel it would cut the connection before the answer.
		if (length > limit) return null;
		parts.push(part.value);
	}
}
