import { ok, refuse, type Result } from '#lib/domain/kernel/result.ts';
import { limits } from '../text/limits.ts';
import { makeTable } from '../table/make-table.ts';
import { normaliseHeading } from '../table/headings.ts';
import type { FileProblem, OtherKind } from '../text/problem.ts';
import type { FileContent, InputFile } from './file-content.ts';
import { readText } from './read-text.ts';
import { sniff } from './sniff.ts';
import type { Table } from '../table/table.ts';
import type { SheetRef } from '../xlsx/parts.ts';
import { isWorkbook, openWorkbook, type OpenZip, type XlsxProblem } from '../xlsx/read.ts';
import { readZipDirectory, readZipEntry, type ZipProblem } from '../zip/zip.ts';

/** Reads a zip: an Excel workbook, or a OneRoster set. A zip inside a zip is not opened. */
export function readZip(file: InputFile): Result<FileContent, FileProblem> {
	const directory = readZipDirectory(file.bytes);
	if (!directory.ok) return refuse(problemOf({ code: directory.refusal }, file.name, 'zip'));
	const entries = new Map(directory.value.map((entry) => [entry.name, entry]));
	const zip = { bytes: file.bytes, entries, budget: { left: limits.expandedBytes } };
	if (isWorkbook(entries)) return readSheets(zip, file.name);
	const other = otherKindOf(entries);
	if (other) return refuse({ code: 'otherKind', file: file.name, found: other });
	return readCsvFiles(zip, file.name);
}

function otherKindOf(entries: ReadonlyMap<string, unknown>): OtherKind | null {
	if (entries.has('word/document.xml')) return 'word';
	if (entries.has('content.xml') && entries.has('mimetype')) return 'openDocument';
	if (entries.has('xl/workbook.bin')) return 'oldExcel';
	const isSet = [...entries.keys()].some((name) => /\.(csv|txt)$/i.test(name));
	return isSet ? null : 'otherZip';
}

const namedAfterPeople =
	/leerling|pupil|student|ouder|verzorger|guardian|parent|personeel|leerkracht|docent|medewerker|staff|teacher/;

/** The sheets that are named after people, where any of these has a table; else the first with one. */
function readSheets(zip: OpenZip, file: string): Result<FileContent, FileProblem> {
	const opened = openWorkbook(zip);
	if (!opened.ok) return refuse(problemOf(opened.refusal, file, 'Excel'));
	const { sheets } = opened.value;
	const isNamed = ({ name }: SheetRef) => namedAfterPeople.test(normaliseHeading(name));
	const tables: Table[] = [];
	for (const sheet of [...sheets.filter(isNamed), ...sheets.filter((one) => !isNamed(one))]) {
		if (tables.length > 0 && !isNamed(sheet)) break;
		const grid = opened.value.read(sheet);
		if (!grid.ok) return refuse(problemOf(grid.refusal, file, 'Excel'));
		const table = makeTable(grid.value, { file, sheet: sheet.name });
		if (table) tables.push(table);
	}
	if (tables.length === 0) return refuse({ code: 'noTable', file });
	return ok({ kind: 'tables', format: 'Excel', tables });
}

function readCsvFiles(zip: OpenZip, file: string): Result<FileContent, FileProblem> {
	const parts: FileContent[] = [];
	for (const entry of zip.entries.values()) {
		// Beside the files themselves, macOS packs a hidden one for each.
		if (!/\.(csv|txt)$/i.test(entry.name) || /(^|\/)(__MACOSX\/|\._)/.test(entry.name)) continue;
		const bytes = readZipEntry(zip.bytes, entry, zip.budget);
		if (!bytes.ok) return refuse(problemOf({ code: bytes.refusal }, file, 'zip'));
		if (bytes.value.length === 0 || sniff(bytes.value) !== 'text') continue;
		const read = readText({ name: entry.name, bytes: bytes.value }, 'text');
		if (!read.ok) return read;
		parts.push(read.value);
	}
	const set = parts.filter((part) => part.kind === 'oneRoster');
	if (set.length > 0) return ok({ kind: 'oneRosterSet', parts: set });
	const tables = parts.flatMap((part) => (part.kind === 'tables' ? part.tables : []));
	if (tables.length === 0) return refuse({ code: 'otherKind', file, found: 'otherZip' });
	return ok({ kind: 'tables', format: 'CSV', tables });
}

function problemOf(
	problem: XlsxProblem | { readonly code: ZipProblem },
	file: string,
	kind: 'zip' | 'Excel'
): FileProblem {
	switch (problem.code) {
		case 'broken':
			return { code: 'broken', file, kind, line: null };
		case 'expandsTooMuch':
			return { code: 'expandsTooMuch', file, maxMegabytes: limits.expandedBytes / 1_000_000 };
		case 'passwordProtected':
			return { code: 'passwordProtected', file };
		default:
			return { ...problem, file };
	}
}
