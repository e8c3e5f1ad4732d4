import { formatList, formatNumber } from '#lib/i18n/format.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import type { OtherKind } from '#lib/exchange/text/problem.ts';
import type { LeftOut, LeftOutReason } from '#lib/exchange/table/table.ts';
import type { ReaderFailure } from './reader.ts';

type Texts = {
	[Code in ReaderFailure['code']]: (problem: Extract<ReaderFailure, { code: Code }>) => string;
};

/**
 * A sentence each: the thing expected, and what to do. A code without a sentence does not compile.
 */
const texts: Texts = {
	noFiles: () => m.import_problem_no_files(),
	empty: ({ file }) => m.import_problem_empty({ file }),
	tooLarge: ({ file, megabytes, maxMegabytes }) =>
		m.import_problem_too_large({
			file,
			megabytes: formatNumber(megabytes),
			max: formatNumber(maxMegabytes)
		}),
	expandsTooMuch: ({ file, maxMegabytes }) =>
		m.import_problem_expands({ file, max: formatNumber(maxMegabytes) }),
	tooManyRows: ({ file, max }) => m.import_problem_rows({ file, max: formatNumber(max) }),
	cellTooLong: ({ file, line, max }) =>
		m.import_problem_cell({ file, line: formatNumber(line), max: formatNumber(max) }),
	otherKind: ({ file, found }) => m.import_problem_other_kind({ file, found: kinds[found]() }),
	passwordProtected: ({ file }) => m.import_problem_password({ file }),
	broken: ({ file, line }) =>
		line === null
			? m.import_problem_broken({ file })
			: m.import_problem_broken_at({ file, line: formatNumber(line) }),
	quoteNotClosed: ({ file, line }) => m.import_problem_quote({ file, line: formatNumber(line) }),
	mixedEncoding: ({ file, line }) => m.import_problem_encoding({ file, line: formatNumber(line) }),
	noTable: ({ file }) => m.import_problem_no_table({ file }),
	oneRosterIncomplete: ({ missing }) =>
		m.import_problem_oneroster({ missing: formatList(missing) }),
	filesDoNotBelongTogether: () => m.import_problem_together(),
	notReadable: ({ file }) => m.import_problem_not_readable({ file }),
	failed: () => m.import_problem_failed(),
	cancelled: () => m.import_nothing_changed()
};

const kinds: Record<OtherKind, () => string> = {
	pdf: m.import_kind_pdf,
	image: m.import_kind_image,
	oldExcel: m.import_kind_old_excel,
	word: m.import_kind_word,
	openDocument: m.import_kind_open_document,
	html: m.import_kind_html,
	json: m.import_kind_json,
	otherXml: m.import_kind_other_xml,
	otherZip: m.import_kind_other_zip,
	unknown: m.import_kind_unknown
};

/** Why files could not be read, and what to do. */
export function importProblemText(problem: ReaderFailure): string {
	const text = texts[problem.code] as (problem: ReaderFailure) => string;
	return text(problem);
}

const reasons: Record<LeftOutReason, (counted: { count: number; number: string }) => string> = {
	total: m.import_left_out_total,
	repeatedHeading: m.import_left_out_heading,
	notActive: m.import_left_out_not_active,
	otherRole: m.import_left_out_other_role,
	linkWithoutPerson: m.import_left_out_link
};

/** `3 regels met een totaal (regel 12, 14 en 20)`. */
export function leftOutText({ reason, count }: LeftOut): string {
	return reasons[reason]({ count, number: formatNumber(count) });
}
