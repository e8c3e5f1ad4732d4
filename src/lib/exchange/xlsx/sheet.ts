import type { Grid } from '../text/csv.ts';
import { dateOfExcelNumber } from '../values/dates.ts';
import type { Limits } from '../text/limits.ts';
import type { CellFormat } from './parts.ts';
import type { XmlHandler } from '../text/xml.ts';

/** Collects the texts of `xl/sharedStrings.xml`; phonetic hints left out. */
export class SharedStrings implements XmlHandler {
	readonly texts: string[] = [];
	#text = '';
	#inText = false;
	#hint = 0;

	open(name: string): void {
		if (name === 'si') this.#text = '';
		else if (name === 'rPh') this.#hint++;
		else if (name === 't') this.#inText = this.#hint === 0;
	}

	text(text: string): void {
		if (this.#inText) this.#text += text;
	}

	close(name: string): void {
		if (name === 't') this.#inText = false;
		else if (name === 'rPh') this.#hint--;
		else if (name === 'si') this.texts.push(unescapeExcel(this.#text));
	}
}

/** Excel writes characters that XML can't hold as `_x000D_`. */
function unescapeExcel(text: string): string {
	if (!text.includes('_x')) return text;
	return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
		String.fromCharCode(parseInt(code, 16))
	);
}

export interface SheetContext {
	readonly strings: readonly string[];
	readonly formats: readonly CellFormat[];
	readonly from1904: boolean;
	readonly limits: Limits;
}

export type SheetProblem =
	| { readonly code: 'tooManyRows'; readonly max: number }
	| { readonly code: 'cellTooLong'; readonly line: number; readonly max: number };

/** Collects the cells of a sheet as text: a date as `2010-11-07`, a number in plain digits. */
export class SheetCells implements XmlHandler {
	readonly grid: Grid = { rows: [], lines: [] };
	problem: SheetProblem | null = null;
	readonly #context: SheetContext;
	#row: string[] = [];
	#line = 0;
	#cells = 0;
	#column = -1;
	#type = 'n';
	#style = 0;
	#value = '';
	#inValue = false;

	constructor(context: SheetContext) {
		this.#context = context;
	}

	open(name: string, attributes: Readonly<Record<string, string>>): void {
		if (name === 'c') {
			const column = columnOf(attributes['r']);
			this.#column = column ?? this.#column + 1;
			this.#type = attributes['t'] ?? 'n';
			this.#style = Number(attributes['s'] ?? 0);
			this.#value = '';
		} else if (name === 'v' || name === 't') this.#inValue = true;
		else if (name === 'row') {
			const line = Number(attributes['r'] ?? 0);
			this.#line = line > this.#line ? line : this.#line + 1;
			this.#column = -1;
			this.#row = [];
		} else if (name === 'rPh') this.#type = 'phonetic';
	}

	text(text: string): void {
		if (this.#inValue && this.#type !== 'phonetic') this.#value += text;
	}

	close(name: string): void {
		if (name === 'v' || name === 't') this.#inValue = false;
		else if (name === 'rPh') this.#type = 'inlineStr';
		else if (name === 'c') this.#endCell();
		else if (name === 'row') this.#endRow();
	}

	#endCell(): void {
		const { limits } = this.#context;
		if (this.#column >= limits.columns || this.#value === '') return;
		const text = this.#textOf(this.#value);
		if (text.length > limits.cell) {
			this.problem ??= { code: 'cellTooLong', line: this.#line, max: limits.cell };
			return;
		}
		while (this.#row.length < this.#column) this.#row.push('');
		this.#row[this.#column] = text;
	}

	#endRow(): void {
		const { rows, lines } = this.grid;
		if (this.#row.length === 0) return;
		this.#cells += this.#row.length;
		const { limits } = this.#context;
		if (rows.length >= limits.rows || this.#cells > limits.cells) {
			this.problem ??= { code: 'tooManyRows', max: limits.rows };
			return;
		}
		rows.push(this.#row);
		lines.push(this.#line);
	}

	#textOf(value: string): string {
		switch (this.#type) {
			case 's':
				return this.#context.strings[Number(value)] ?? '';
			case 'b':
				return value === '1' ? 'TRUE' : 'FALSE';
			case 'e':
				return '';
			case 'n':
				return this.#numberText(value);
			default:
				return unescapeExcel(value);
		}
	}

	#numberText(value: string): string {
		const number = Number(value);
		if (Number.isNaN(number)) return value;
		const format = this.#context.formats[this.#style] ?? 'plain';
		if (format === 'date') {
			return dateOfExcelNumber(number, this.#context.from1904) ?? String(number);
		}
		return format === 'plain' ? String(number) : String(number).padStart(format.digits, '0');
	}
}

/** `AB12` → 27; null where it is missing. */
function columnOf(reference: string | undefined): number | null {
	if (!reference) return null;
	let column = 0;
	for (let at = 0; at < reference.length; at++) {
		const letter = reference.charCodeAt(at) - 64;
		if (letter < 1 || letter > 26) break;
		column = column * 26 + letter;
	}
	return column === 0 ? null : column - 1;
}
