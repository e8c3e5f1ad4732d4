import { expect, test } from 'vitest';
import { followVerification } from './follow-verification.ts';

const verdict = { entries: 3, since: '2026-11-21T10:00:00.000Z', lastHash: 'h', fault: null };

function follow(answer: Response | Error, signal = new AbortController().signal) {
	const seen: number[] = [];
	const send = () => (answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer));
	const onProgress = ({ checked }: { checked: number }) => seen.push(checked);
	const by = { value: 'key', closed: new AbortController().signal };
	return followVerification({ by, onProgress, signal }, send).then((followed) => ({
		followed,
		seen
	}));
}

function lines(...parts: readonly string[]): Response {
	const stream = new ReadableStream({
		start(controller) {
			for (const part of parts) controller.enqueue(new TextEncoder().encode(part));
			controller.close();
		}
	});
	return new Response(stream);
}

test('follows how far it is, however the lines are cut, to the verdict', async () => {
	const text = `{"checked":1,"all":3}\n{"checked":2,"all":3}\n${JSON.stringify(verdict)}\n`;
	const parts = [text.slice(0, 9), text.slice(9, 30), text.slice(30)];
	expect(await follow(lines(...parts))).toEqual({
		followed: { ok: true, value: verdict },
		seen: [1, 2]
	});
});

test('takes the verdict of a server that sends all at once', async () => {
	expect((await follow(lines(JSON.stringify(verdict)))).followed).toEqual({
		ok: true,
		value: verdict
	});
});

test('says why there is no verdict', async () => {
	const asked = async (answer: Response | Error) => (await follow(answer)).followed;
	const no = Response.json({ code: 'wait', retryAfter: 30 }, { status: 429 });
	expect(await asked(no)).toEqual({ ok: false, refusal: { code: 'wait', retryAfter: 30 } });
	const cutOff = lines('{"checked":1,"all":3}\n');
	expect(await asked(cutOff)).toEqual({ ok: false, refusal: { code: 'broken' } });
	expect(await asked(new Error('gone'))).toEqual({ ok: false, refusal: { code: 'offline' } });
});
