import { expect, test } from 'vitest';
import { describeError, logTo } from './log.ts';

test('a line is one line of JSON with its time', () => {
	const lines: string[] = [];
	const log = logTo({ write: (text) => lines.push(text) }, () => new Date('2026-11-23T08:30:00Z'));
	log({ route: '/api/sync', status: 200, text: 'a\nb' });
	expect(lines).toEqual([
		'{"at":"2026-11-23T08:30:00.000Z","route":"/api/sync","status":200,"text":"a\\nb"}\n'
	]);
});

test('an error is logged with its place, and never with its message', () => {
	const error = new TypeError('UNIQUE failed: Noor Peeters\n    geheim123');
	const line = JSON.stringify(describeError(error));
	expect(line).toContain('TypeError');
	expect(line).toContain('log.test.ts');
	expect(line).not.toContain('Peeters');
	expect(line).not.toContain('geheim123');
	expect(describeError('Noor')).toEqual({ error: 'string' });
});
