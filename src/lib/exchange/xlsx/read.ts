import { ok, refuse, type Result } from '#lib/domain/kernel/result.ts';
import type { Grid } from '../text/csv.ts';
import { limits } from '../text/limits.ts';
import { SharedStrings, SheetCells, type SheetProblem } from './sheet.ts';
import { readCellFormats, readWorkbook, type SheetRef } from './parts.ts';
import { XmlReader, type XmlHandler } from '../text/xml.ts';
import {
	inflateEntry,
	readZipEntry,
	type ExpandBudget,
	type ZipEntry,
	type ZipProblem
} from '../zip/zip.ts';

export interface SheetGrid extends Grid {
	readonly name: string;
}

export type XlsxProblem = SheetProblem | { readonly code: ZipProblem };

/** An Excel workbook as a zip that has been opened. */
export interface OpenZip {
	readonly bytes: Uint8Array;
	readonly entries: ReadonlyMap<string, ZipEntry>;
	readonly budget: ExpandBudget;
}

const workbookPath = 'xl/workbook.xml';

export function isWorkbook(entries: ReadonlyMap<string, unknown>): boolean {
	return entries.has(workbookPath);
}

/**
 * The sheets of an .xlsx workbook, in its own order, each read when it is asked for. Reads the zip
 * itself: the readers there are unpack without a limit, or start workers from a blob, which the
 * content security policy forbids.
 */
export function openWorkbook(zip: OpenZip): Result<WorkbookReader, XlsxProblem> {
	const workbookXml = readText(zip, workbookPath);
	if (!workbookXml.ok) return workbookXml;
	const relations = readText(zip, 'xl/_rels/workbook.xml.rels');
	if (!relations.ok) return relations;
	const workbook = readWorkbook(workbookXml.value, relations.value);
	if (!workbook) return refuse({ code: 'broken' });
	const styles = readText(zip, 'xl/styles.xml');
	if (!styles.ok) return styles;
	const formats = styles.value === '' ? [] : readCellFormats(styles.value);
	if (!formats) return refuse({ code: 'broken' });
	const strings = new SharedStrings();
	const shared = stream(zip, 'xl/sharedStrings.xml', strings, () => false);
	if (!shared.ok) return shared;
	const { from1904, sheets } = workbook;
	const context = { strings: strings.texts, formats, from1904, limits };
	return ok({
		sheets,
		read(sheet) {
			if (!zip.entries.has(sheet.path)) return refuse({ code: 'broken' });
			const cells = new SheetCells(context);
			const done = stream(zip, sheet.path, cells, () => cells.problem !== null);
			if (cells.problem) return refuse(cells.problem);
			return done.ok ? ok({ name: sheet.name, ...cells.grid }) : done;
		}
	});
}

export interface WorkbookReader {
	readonly sheets: readonly SheetRef[];
	read(sheet: SheetRef): Result<SheetGrid, XlsxProblem>;
}

/** A part as text; empty where the workbook has none. */
function readText(zip: OpenZip, path: string): Result<string, XlsxProblem> {
	const entry = zip.entries.get(path);
	if (!entry) return path === workbookPath ? refuse({ code: 'broken' }) : ok('');
	const bytes = readZipEntry(zip.bytes, entry, zip.budget);
	if (!bytes.ok) return refuse({ code: bytes.refusal });
	return ok(decoderFor(bytes.value).decode(bytes.value));
}

/** Parts are UTF-8, or UTF-16 with a byte order mark. */
function decoderFor(bytes: Uint8Array): TextDecoder {
	const [first, second] = bytes;
	if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le');
	return new TextDecoder(first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8');
}

/** Unpacks and parses a part piece by piece, so that a large sheet never is one text. */
function stream(
	zip: OpenZip,
	path: string,
	handler: XmlHandler,
	mustStop: () => boolean
): Result<null, XlsxProblem> {
	const entry = zip.entries.get(path);
	if (!entry) return ok(null);
	const reader = new XmlReader(handler);
	let decoder: TextDecoder | null = null;
	let good = true;
	const done = inflateEntry(zip.bytes, entry, zip.budget, (piece) => {
		decoder ??= decoderFor(piece);
		if (good && !mustStop()) good = reader.write(decoder.decode(piece, { stream: true }));
	});
	if (!done.ok) return refuse({ code: done.refusal });
	if (mustStop()) return ok(null);
	return good && reader.close() ? ok(null) : refuse({ code: 'broken' });
}
