import { ok, refuse, type Result } from '#lib/domain/kernel/result.ts';
import { detectDelimiter, parseCsv, skipSeparatorLine } from '../text/csv.ts';
import { readEdexml } from '../edexml/read.ts';
import { makeTable } from '../table/make-table.ts';
import { oneRosterNameOf, readOneRosterTable } from '../oneroster/files.ts';
import type { FileProblem } from '../text/problem.ts';
import type { FileContent, InputFile } from './file-content.ts';
import { decodeText } from '../text/text-decoding.ts';

/** Reads a file of text: XML, one file of a OneRoster set, or CSV. */
export function readText(file: InputFile, kind: 'xml' | 'text'): Result<FileContent, FileProblem> {
	const declared = kind === 'xml' ? declaredEncoding(file.bytes) : null;
	const decoded = declared ? ok({ text: declared.decode(file.bytes) }) : decodeText(file.bytes);
	if (!decoded.ok) return refuse({ code: 'mixedEncoding', file: file.name, ...decoded.refusal });
	const { text } = decoded.value;
	return kind === 'xml' ? readXml(text, file.name) : readCsv(text, file.name);
}

/** `<?xml version="1.0" encoding="ISO-8859-1"?>`; null: none of another family than UTF. */
function declaredEncoding(bytes: Uint8Array): TextDecoder | null {
	const start = new TextDecoder('latin1').decode(bytes.subarray(0, 200));
	const label = /^[^<]*<\?xml[^>]*encoding=["']([\w.:-]+)["']/.exec(start)?.[1];
	if (!label || /^utf/i.test(label)) return null;
	try {
		return new TextDecoder(label);
	} catch {
		return null;
	}
}

function readXml(text: string, file: string): Result<FileContent, FileProblem> {
	const read = readEdexml(text.trimStart(), file);
	if (!read.ok) return refuse({ ...read.refusal, file });
	return ok({ kind: 'roster', roster: read.value, leftOut: [] });
}

function readCsv(text: string, file: string): Result<FileContent, FileProblem> {
	const name = oneRosterNameOf(text);
	if (name) {
		const table = readOneRosterTable(text, file);
		return table.ok
			? ok({ kind: 'oneRoster', name, table: table.value })
			: refuse({ ...table.refusal, file });
	}
	const { delimiter: said, skipped } = skipSeparatorLine(text);
	const body = text.slice(skipped);
	if (body.trim() === '') return refuse({ code: 'empty', file });
	const delimiter = said ?? detectDelimiter(body);
	if (!delimiter) return refuse({ code: 'noTable', file });
	const parsed = parseCsv(body, delimiter);
	if (!parsed.ok) return refuse({ ...parsed.refusal, file });
	const { rows, lines } = parsed.value;
	const shift = skipped > 0 ? 1 : 0;
	const grid = { rows, lines: shift ? lines.map((line) => line + shift) : lines };
	const table = makeTable(grid, { file, sheet: null });
	return table
		? ok({ kind: 'tables', format: 'CSV', tables: [table] })
		: refuse({ code: 'noTable', file });
}
