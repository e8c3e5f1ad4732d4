import { sameJson } from '../kernel/json.ts';
import type { AnyRecord, Records } from '../registry/records.ts';
import type { Id, Json } from '../kernel/ids.ts';
import type { Kind } from '../registry/kinds.ts';
import type { ImportBase } from './kinds.ts';
import type { DoubtList } from './doubt-list.ts';
import type { ImportedRecord } from './imported-record.ts';
import { maxValueLength, type FieldChange } from './plan.ts';

/** The values that a file has for a record: field → value; undefined: nothing. */
export type Said<K extends Kind> = {
	readonly [Field in Exclude<keyof Records[K], 'kind' | 'id'>]?: Records[K][Field];
};

/** The writes and changes of one person, collected record by record. */
export class PersonDiff {
	readonly writes: ImportedRecord[] = [];
	readonly changes: FieldChange[] = [];
	readonly #doubts: DoubtList;
	readonly #before: Readonly<Record<string, string>> | null;
	readonly #base: Map<string, string>;

	/** `base`: of the last import; null: there was none, so nothing can have changed since. */
	constructor(doubts: DoubtList, base: ImportBase | null) {
		this.#doubts = doubts;
		this.#before = base?.values ?? null;
		this.#base = new Map(Object.entries(this.#before ?? {}));
	}

	/** Adds the record whole, or edits what the file says differently. */
	record<K extends Kind>(
		kind: K,
		id: Id,
		existing: Records[K] | undefined,
		said: Said<K>,
		options: RecordOptions<K>
	): void {
		const fields: [string, Json][] = [];
		for (const [field, value] of Object.entries(said) as [string, Json | undefined][]) {
			if (value === undefined) continue;
			fields.push([field, value]);
			if (options.tracked) {
				this.#base.set(options.baseKey?.(field) ?? `${kind}.${field}`, textOf(value));
			}
		}
		if (!existing) {
			this.#add(kind, id, fields, options);
			return;
		}
		const edit: Record<string, readonly [Json, Json]> = {};
		for (const [field, value] of fields) {
			const now = (existing as unknown as Readonly<Record<string, Json>>)[field] ?? null;
			if (sameJson(now, value)) continue;
			if (options.tracked && !this.#takesFile(kind, field, now, value, options)) continue;
			edit[field] = [now, value];
			this.#change(kind, field, now, value, options);
		}
		if (Object.keys(edit).length > 0) this.writes.push({ kind, id, edit });
	}

	/**
	 * Keeps a text of the file that belongs to no record yet; it stays as long as no file says
	 * otherwise.
	 */
	note(key: string, text: string | undefined): void {
		if (text) this.#base.set(key, text);
	}

	/** Keeps the values of this import, for the next one to compare with. */
	base(base: ImportBase | null, made: Omit<ImportBase, 'kind' | 'values'>): void {
		const values: Record<string, string> = {};
		for (const [key, text] of this.#base) if (text !== '') values[key] = text;
		if (!base) {
			this.writes.push({ add: { kind: 'importBase', ...made, values } });
			return;
		}
		const edit: Record<string, readonly [Json, Json]> = {};
		if (base.sourceKey !== made.sourceKey) edit['sourceKey'] = [base.sourceKey, made.sourceKey];
		if (!sameJson(base.values, values)) edit['values'] = [base.values, values];
		if (Object.keys(edit).length > 0) this.writes.push({ kind: 'importBase', id: base.id, edit });
	}

	#add<K extends Kind>(
		kind: K,
		id: Id,
		fields: readonly (readonly [string, Json])[],
		options: RecordOptions<K>
	): void {
		if (options.optional && fields.every(([, value]) => isEmpty(value))) return;
		const record: Record<string, unknown> = { kind, id, ...options.defaults };
		for (const [field, value] of fields) record[field] = value;
		this.writes.push({ add: record as unknown as AnyRecord });
		if (!options.showAdded) return;
		for (const [field, value] of fields) {
			if (!isEmpty(value)) this.#change(kind, field, null, value, options);
		}
	}

	/** False where the school's own value stays: decided now or at an earlier import, or still open. */
	#takesFile<K extends Kind>(
		kind: K,
		field: string,
		now: Json,
		value: Json,
		options: RecordOptions<K>
	): boolean {
		const key = options.baseKey?.(field) ?? `${kind}.${field}`;
		const keptKey = `kept:${key}`;
		const kept = this.#before?.[keptKey];
		this.#base.delete(keptKey);
		const [here, inFile] = [textOf(now), textOf(value)];
		const before = this.#before?.[key] ?? '';
		if (this.#before === null || before === here) return true;
		if (kept === here && before === inFile) {
			this.#base.set(keptKey, here);
			return false;
		}
		const name = options.display ?? ((_: string, json: Json) => textOf(json));
		const chosen = this.#doubts.ask(
			{
				code: 'changedHere',
				kind,
				field: options.fieldName?.(field) ?? field,
				before: name(field, before).slice(0, maxValueLength),
				here: name(field, now),
				inFile: name(field, value)
			},
			['takeFile', 'keepHere', 'skip']
		);
		if (chosen === 'keepHere') this.#base.set(keptKey, here);
		return chosen === 'takeFile';
	}

	#change<K extends Kind>(
		kind: K,
		field: string,
		from: Json,
		to: Json,
		options: RecordOptions<K>
	): void {
		const show = (json: Json) =>
			options.hidden ? null : options.display ? options.display(field, json) : json;
		const name = options.fieldName?.(field) ?? field;
		this.changes.push({ kind, field: name, from: show(from), to: show(to) });
	}
}

export interface RecordOptions<K extends Kind> {
	/** Values of the fields that the file does not say. */
	readonly defaults: Omit<Records[K], 'kind' | 'id'>;
	/** A record that is only made when there is something in it. */
	readonly optional?: boolean;
	/** Whether a field changed here since the last import is in doubt. */
	readonly tracked?: boolean;
	/** The person is known, so that a record they did not have is a change. */
	readonly showAdded?: boolean;
	/** Its values are in no list. */
	readonly hidden?: boolean;
	/** How a field is named and its value shown, where these are not its own. */
	readonly fieldName?: (field: string) => string;
	readonly display?: (field: string, value: Json) => string;
	readonly baseKey?: (field: string) => string;
}

/** Text as it is, a list with commas between. */
export function textOf(value: Json): string {
	if (value === null) return '';
	if (typeof value === 'string') return value;
	return Array.isArray(value) ? value.join(',') : JSON.stringify(value);
}

function isEmpty(value: Json): boolean {
	return value === null || value === '' || (Array.isArray(value) && value.length === 0);
}
