import type { AnyRecord, Id, Json } from '../../records.ts';
import type { StateReader } from '../../state/school-state.ts';
import { freedNumber } from './freed-number.ts';
import type { ImportedRecord } from '../mutators.ts';
import type { PlannedPerson } from '../plan.ts';

/**
 * Takes a number, and the package's key, from whoever has it where a person said that it is somebody
 * else's now. They keep their record with all that hangs on it: account, cards, guardians, enrolment.
 * Whoever is in the file under another number has that one; nobody else leaves by it (product.md 57:
 * only a file that is the whole school says who left), and keeps the old one, marked. Yields between
 * people.
 */
export function* freeNumbers(
	state: StateReader,
	people: readonly PlannedPerson[]
): Generator<void, readonly PlannedPerson[]> {
	const freeing = new Freeing(state);
	for (const person of people) {
		freeing.note(person);
		yield;
	}
	for (const person of people) {
		freeing.free(person);
		yield;
	}
	if (people.every((person) => !freeing.looks(person))) return people;
	return people.map((person) => {
		const more = freeing.writesFor(person);
		return more.length > 0 ? { ...person, writes: [...person.writes, ...more] } : person;
	});
}

const numberFields = { pupil: 'pupilNumber', staff: 'staffNumber' } as const;
type Numbered = keyof typeof numberFields;

class Freeing {
	readonly #state: StateReader;
	readonly #staffByNumber = new Map<string, Id>();
	/** Numbers that somebody in the file gets. */
	readonly #given = new Set<string>();
	/** Whom the file gives another number: they need none of ours. */
	readonly #moved = new Set<Id>();
	/** Whose base the file writes: it has another key, or the same by right. */
	readonly #based = new Set<Id>();
	/** Of whom the file says something else than the last one. */
	readonly #said = new Set<Id>();
	/** Where the file itself writes of somebody. */
	readonly #own = new Map<Id, string>();
	readonly #extra = new Map<string, ImportedRecord[]>();

	constructor(state: StateReader) {
		this.#state = state;
		for (const { id, staffNumber } of state.all('staff')) this.#staffByNumber.set(staffNumber, id);
	}

	/** Each of the people, before any number is freed. */
	note({ id, key, writes }: PlannedPerson): void {
		if (writes.length > 0) this.#own.set(id, key);
		for (const write of writes) this.#note(write);
	}

	looks({ key }: PlannedPerson): boolean {
		return this.#extra.has(key);
	}

	writesFor({ key }: PlannedPerson): readonly ImportedRecord[] {
		return this.#extra.get(key) ?? [];
	}

	#note(write: ImportedRecord): void {
		if ('add' in write) {
			const { add } = write;
			if (add.kind === 'pupil') this.#given.add(add.pupilNumber);
			if (add.kind === 'staff') this.#given.add(add.staffNumber);
			return;
		}
		if (write.kind === 'importBase' && 'sourceKey' in write.edit) this.#based.add(write.id);
		if (write.kind === 'importBase' && 'values' in write.edit) this.#said.add(write.id);
		if (write.kind !== 'pupil' && write.kind !== 'staff') return;
		const to = write.edit[numberFields[write.kind]]?.[1];
		if (typeof to !== 'string') return;
		this.#given.add(to);
		this.#moved.add(write.id);
	}

	/** Frees what a person's writes take. */
	free(person: PlannedPerson): void {
		for (const write of person.writes) {
			const kind = 'add' in write ? write.add.kind : write.kind;
			if (kind === 'pupil' || kind === 'staff') {
				const number = valueIn(write, numberFields[kind]);
				const holder = typeof number === 'string' ? this.#holder(kind, number) : undefined;
				if (!holder || holder.id === person.id || this.#moved.has(holder.id)) continue;
				this.#moved.add(holder.id);
				const freed = freedNumber(holder.number, (each) => this.#isTaken(kind, each));
				this.#given.add(freed);
				this.#add(this.#own.get(holder.id) ?? person.key, {
					kind,
					id: holder.id,
					edit: { [numberFields[kind]]: [holder.number, freed] }
				});
				this.#rebase(kind, holder.id, freed, person.key);
			}
			if (kind === 'importBase') this.#freeKey(write, person);
		}
	}

	/** So that the number here does not look like one that was changed here since. */
	#rebase(kind: Numbered, id: Id, freed: string, key: string): void {
		const base = this.#state.get('importBase', id);
		// A row of their own says what the file says of them.
		if (!base || this.#said.has(id)) return;
		const values = { ...base.values, [`${kind}.${numberFields[kind]}`]: freed };
		this.#add(key, { kind: 'importBase', id, edit: { values: [base.values, values] } });
	}

	/** The key of whoever had it before stands for them no longer. */
	#freeKey(write: ImportedRecord, person: PlannedPerson): void {
		const sourceKey = valueIn(write, 'sourceKey');
		if (typeof sourceKey !== 'string') return;
		for (const base of this.#state.find('importBaseBySource', `${person.subject}:${sourceKey}`)) {
			if (base.id === person.id || this.#based.has(base.id)) continue;
			this.#based.add(base.id);
			const freed = freedNumber(sourceKey, (key) => this.#isKey(`${person.subject}:${key}`));
			const edit = { sourceKey: [sourceKey, freed] } as const;
			this.#add(person.key, { kind: 'importBase', id: base.id, edit });
		}
	}

	#holder(
		kind: Numbered,
		number: string
	): { readonly id: Id; readonly number: string } | undefined {
		const id =
			kind === 'pupil'
				? this.#state.find('pupilByNumber', number)[0]?.id
				: this.#staffByNumber.get(number);
		return id === undefined || number === '' ? undefined : { id, number };
	}

	#isTaken(kind: Numbered, number: string): boolean {
		return this.#given.has(number) || this.#holder(kind, number) !== undefined;
	}

	#isKey(key: string): boolean {
		return this.#state.find('importBaseBySource', key).length > 0;
	}

	#add(key: string, write: ImportedRecord): void {
		const held = this.#extra.get(key);
		if (held) held.push(write);
		else this.#extra.set(key, [write]);
	}
}

/** What a write makes of a field; undefined: it leaves it. */
function valueIn(write: ImportedRecord, field: string): Json | undefined {
	if (!('add' in write)) return write.edit[field]?.[1];
	return (write.add as AnyRecord & Readonly<Record<string, Json>>)[field];
}
