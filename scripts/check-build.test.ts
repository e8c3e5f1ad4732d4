import { expect, test } from 'vitest';
import { precacheFaults, readPrecache } from './check-build.mjs';

const shell = { url: '/', revision: '1' };
const chunk = { url: '_app/immutable/chunks/a.js', revision: null };

test('a build that precaches the shell and every file is sound', () => {
	expect(
		precacheFaults([shell, chunk], ['/_app/immutable/chunks/a.js', '/service-worker.js'])
	).toEqual([]);
});

test('a file that is left out, listed twice or gone is named', () => {
	expect(precacheFaults([shell, chunk, chunk], ['/_app/immutable/chunks/b.wasm'])).toEqual([
		'/_app/immutable/chunks/b.wasm is not precached',
		'/_app/immutable/chunks/a.js is precached twice',
		'/_app/immutable/chunks/a.js is precached and does not exist',
		'/_app/immutable/chunks/a.js is precached and does not exist'
	]);
});

test('a build without its shell cannot open offline', () => {
	expect(precacheFaults([chunk], ['/_app/immutable/chunks/a.js'])).toEqual([
		'The shell (/) is not precached'
	]);
});

test('the list is read from a minified service worker, and a worker without one is refused', () => {
	const list = JSON.stringify([{ revision: null, url: 'a.js' }]);
	expect(readPrecache(`x(${list}),F(new U(B(\`/\`)))`)).toEqual([{ revision: null, url: 'a.js' }]);
	expect(() => readPrecache('self.addEventListener()')).toThrow('precaches nothing');
});
