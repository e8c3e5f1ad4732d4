import { afterEach, describe, expect, it } from 'vitest';
import { overwriteGetLocale } from '#lib/i18n/paraglide/runtime.js';
import { fieldGroups, mappingProblemText } from './column-text.ts';
import { TableColumns } from './columns.svelte.ts';
import { importProblemText, leftOutText } from './problem-text.ts';
import type { ReaderFailure } from './reader.ts';
import type { TableSummary } from './work.ts';

const file = 'leerlingen.csv';
const problems: readonly ReaderFailure[] = [
	{ code: 'noFiles', file: '' },
	{ code: 'empty', file },
	{ code: 'tooLarge', file, megabytes: 4_000, maxMegabytes: 60 },
	{ code: 'expandsTooMuch', file, maxMegabytes: 400 },
	{ code: 'tooManyRows', file, max: 200_000 },
	{ code: 'cellTooLong', file, line: 12, max: 32_767 },
	{ code: 'otherKind', file, found: 'pdf' },
	{ code: 'passwordProtected', file },
	{ code: 'broken', file, kind: 'zip', line: null },
	{ code: 'broken', file, kind: 'XML', line: 40 },
	{ code: 'quoteNotClosed', file, line: 7 },
	{ code: 'mixedEncoding', file, line: 7 },
	{ code: 'noTable', file },
	{ code: 'oneRosterIncomplete', file, missing: ['users.csv'] },
	{ code: 'filesDoNotBelongTogether', file },
	{ code: 'notReadable', file },
	{ code: 'failed', detail: 'out of memory' },
	{ code: 'cancelled' }
];

afterEach(() => overwriteGetLocale(() => 'nl'));

describe.each(['nl', 'en'] as const)('in %s', (locale) => {
	it('says of every problem what was expected and what to do', () => {
		overwriteGetLocale(() => locale);
		const sentences = problems.map(importProblemText);
		expect(new Set(sentences).size).toBe(problems.length);
		for (const sentence of sentences) expect(sentence).toMatch(/^[\p{Lu}l].{15,}\.$/u);
		for (const sentence of sentences) expect(sentence).not.toMatch(/undefined|out of memory/);
	});

	it('names every meaning of a column once in its group', () => {
		overwriteGetLocale(() => locale);
		for (const subject of ['pupil', 'guardian', 'staff'] as const) {
			for (const { options } of fieldGroups(columnsAbout(subject))) {
				const labels = options.map(({ label }) => label);
				expect(new Set(labels).size).toBe(labels.length);
				expect(labels.join()).not.toMatch(/Ander gegeven|Other data/);
			}
		}
	});
});

it('says which number column is missing', () => {
	const problem = { code: 'noNumberColumn' } as const;
	expect(mappingProblemText(problem, 'pupil')).toContain('stamnummer');
	expect(mappingProblemText(problem, 'staff')).toContain('personeelsnummer');
	expect(mappingProblemText({ code: 'fieldTwice', field: 'guardian2.email' }, 'pupil')).toContain(
		'Verzorger 2: E-mailadres'
	);
});

it('counts the lines that are nobody', () => {
	const total = { reason: 'total', count: 1, lines: [412], file } as const;
	expect(leftOutText(total)).toBe('1 regel met een totaal');
	expect(leftOutText({ ...total, count: 1200 })).toBe('1.200 regels met een totaal');
});

function columnsAbout(subject: TableSummary['subject']): TableColumns {
	const mapping = { subject, columns: [], dateOrder: 'dayFirst' } as const;
	const suggestions = { pupil: mapping, guardian: mapping, staff: mapping };
	return new TableColumns(
		{
			...{ file, sheet: null, subject, headings: [], rowCount: 0, samples: [], leftOut: [] },
			suggestions: { ...suggestions, [subject]: { ...mapping, subject } }
		},
		undefined
	);
}
