import { ok, refuse, type Result } from '#lib/domain/kernel/result.ts';
import type { FileContent, InputFile } from './file-content.ts';
import { limits } from '../text/limits.ts';
import { suggestMapping } from '../table/mapping.ts';
import type { ParsedFile } from './parsed-file.ts';
import type { FileProblem } from '../text/problem.ts';
import { readText } from './read-text.ts';
import { readZip } from './read-zip.ts';
import { sniff } from './sniff.ts';
import { readOneRoster } from '../oneroster/read.ts';

/**
 * Reads the files that somebody dropped, by their content and not by their names: CSV, Excel,
 * EDEXML or UWLR, OneRoster as a zip or as its CSV files together. Several CSV files or workbooks
 * make several tables. Changes nothing and never throws; what can't be read is a `FileProblem`.
 */
export function readRosterFiles(files: readonly InputFile[]): Result<ParsedFile, FileProblem> {
	const [first] = files;
	if (!first) return refuse({ code: 'noFiles', file: '' });
	const bytes = files.reduce((sum, file) => sum + file.bytes.length, 0);
	if (bytes > limits.bytes) {
		const megabytes = Math.ceil(bytes / 1_000_000);
		const maxMegabytes = limits.bytes / 1_000_000;
		return refuse({ code: 'tooLarge', file: first.name, megabytes, maxMegabytes });
	}
	const contents: FileContent[] = [];
	for (const file of files) {
		const read = readOne(file);
		if (!read.ok) return read;
		contents.push(read.value);
	}
	return combine(contents, first.name);
}

function readOne(file: InputFile): Result<FileContent, FileProblem> {
	const { name, bytes } = file;
	if (bytes.length === 0) return refuse({ code: 'empty', file: name });
	const kind = sniff(bytes);
	switch (kind) {
		case 'zip':
			return readZip(file);
		case 'xml':
		case 'text':
			return readText(file, kind);
		case 'passwordProtected':
			return refuse({ code: 'passwordProtected', file: name });
		default:
			return refuse({ code: 'otherKind', file: name, found: kind });
	}
}

function combine(contents: readonly FileContent[], file: string): Result<ParsedFile, FileProblem> {
	const parts = contents.flatMap((content) =>
		content.kind === 'oneRosterSet' ? content.parts : [content]
	);
	const oneRoster = parts.flatMap((part) =>
		part.kind === 'oneRoster' ? [[part.name, part.table] as const] : []
	);
	const tables = parts.flatMap((part) => (part.kind === 'tables' ? part.tables : []));
	const rosters = parts.filter((part) => part.kind === 'roster');
	const kinds = [oneRoster, tables, rosters].filter(({ length }) => length > 0).length;
	const names = oneRoster.map(([name]) => name).filter((name) => name !== 'other');
	if (kinds > 1 || rosters.length > 1 || new Set(names).size < names.length)
		return refuse({ code: 'filesDoNotBelongTogether', file });
	if (rosters[0]) return ok(rosters[0]);
	if (oneRoster.length > 0) {
		const read = readOneRoster(new Map(oneRoster));
		return read.ok ? ok({ kind: 'roster', ...read.value }) : refuse({ ...read.refusal, file });
	}
	if (tables.length === 0) return refuse({ code: 'noTable', file });
	const excel = parts.some((part) => part.kind === 'tables' && part.format === 'Excel');
	const mappings = tables.map((table) => suggestMapping(table));
	return ok({ kind: 'tables', format: excel ? 'Excel' : 'CSV', tables, mappings });
}
