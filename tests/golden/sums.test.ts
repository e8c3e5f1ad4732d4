import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { goldenFiles, sumOf, sumsFile } from './support/files.ts';

function listed(): ReadonlyMap<string, string> {
	const lines = readFileSync(sumsFile, 'utf8').trimEnd().split('\n');
	return new Map(lines.map((line) => [line.slice(66), line.slice(0, 64)] as const));
}

test('every golden file is listed, and every file that is listed is there', () => {
	expect(goldenFiles()).toEqual([...listed().keys()].sort());
});

test.each([...listed()])('%s is as it was when it was written', (path, sum) => {
	expect(sumOf(path)).toBe(sum);
});
