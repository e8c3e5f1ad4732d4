import type { AnyRecord } from '../../registry/records.ts';
import type { Id, Json } from '../../kernel/ids.ts';
import type { StateReader } from '../../registry/state.ts';
import { freedNumber } from './freed-number.ts';
import type { ImportedRecord } from '../imported-record.ts';
import { nameOf } from '../person-names.ts';
import type { PlannedPerson } from '../plan.ts';

/**
 * Takes a number, and the package's key, from the person who has it where a person said that it is
 * somebody else's now. They keep their record with all that hangs on it: account, cards, guardians,
 * enrolment. Those who are in the file under another number have that one; nobody else leaves by it
 * (product.md 57: only a file that is the whole school says who left), and the others keep the old
 * one, marked, and are *changed*. Yields between people.
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
	return freeing.freed(people);
}

const numberFields = { pupil: 'pupilNumber', staff: 'staffNumber' } as const;
type Numbered = keyof typeof numberFields;

/** A person who gives a number up for another row. */
interface Freed {
	readonly kind: Numbered;
	readonly id: Id;
	readonly from: string;
	readonly to: string;
}

class Freeing {
	readonly #state: StateReader;
	readonly #staffByNumber = new Map<string, Id>();
	/** Numbers that somebody in the file gets. */
	readonly #given = new Set<string>();
	/** People to whom the file gives another number: they need none of ours. */
	readonly #moved = new Set<Id>();
	/** People whose base the file writes: it has another key, or the same by right. */
	readonly #based = new Set<Id>();
	/** Of whom the file says something else than the last one. */
	readonly #said = new Set<Id>();
	/** Where the file itself writes of somebody. */
	readonly #own = new Map<Id, string>();
	readonly #extra = new Map<string, ImportedRecord[]>();
	readonly #freed: Freed[] = [];

	constructor(state: StateReader) {
		this.#state = state;
		for (const { id, staffNumber } of state.all('staff')) this.#staffByNumber.set(staffNumber, id);
	}

	/** Each of the people, before any number is freed. */
	note({ id, key, writes }: PlannedPerson): void {
		if (writes.length > 0) this.#own.set(id, key);
		for (const write of writes) this.#note(write);
	}

	/** The people with what was freed for them, and those who have no row of their own beside them. */
	freed(people: readonly PlannedPerson[]): readonly PlannedPerson[] {
		if (this.#extra.size === 0 && this.#freed.length === 0) return people;
		const own = new Map<string, Freed>();
		const others: Freed[] = [];
		for (const freed of this.#freed) {
			const key = this.#own.get(freed.id);
			if (key === undefined) others.push(freed);
			else own.set(key, freed);
		}
		const taking = people.map((person) => {
			const more = this.#extra.get(person.key);
			return more ? { ...person, writes: [...person.writes, ...more] } : person;
		});
		const isLeft = ({ outcome }: PlannedPerson) => outcome === 'left';
		const all = taking.map((person) => {
			const freed = own.get(person.key);
			return freed ? this.#renumbered(person, freed) : person;
		});
		return [
			...all.filter((person) => !isLeft(person)),
			...others.map((freed) => this.#renumbered(this.#personOf(freed), freed)),
			...all.filter(isLeft)
		];
	}

	#personOf({ kind, id, from }: Freed): PlannedPerson {
		const known = this.#state.get(kind, id);
		const groupId = known && 'groupId' in known ? known.groupId : null;
		return {
			key: `freed:${id}`,
			subject: kind,
			outcome: 'unchanged',
			id,
			name: nameOf(known ?? { givenName: '', familyName: '' }),
			number: from,
			groupName: groupId === null ? '' : (this.#state.get('group', groupId)?.name ?? ''),
			changes: [],
			doubts: [],
			writes: []
		};
	}

	#renumbered(person: PlannedPerson, { kind, id, from, to }: Freed): PlannedPerson {
		const field = numberFields[kind];
		const { outcome, changes, writes } = person;
		return {
			...person,
			outcome: outcome === 'unchanged' ? 'changed' : outcome,
			changes: [...changes, { kind, field, from, to }],
			writes: [
				...writes,
				{ kind, id, edit: { [field]: [from, to] } },
				...this.#rebase(kind, id, to)
			]
		};
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
				this.#freed.push({ kind, id: holder.id, from: holder.number, to: freed });
			}
			if (kind === 'importBase') this.#freeKey(write, person);
		}
	}

	/** So that the number here does not look like one that was changed here since. */
	#rebase(kind: Numbered, id: Id, freed: string): ImportedRecord[] {
		const base = this.#state.get('importBase', id);
		// A row of their own says what the file says of them.
		if (!base || this.#said.has(id)) return [];
		const values = { ...base.values, [`${kind}.${numberFields[kind]}`]: freed };
		return [{ kind: 'importBase', id, edit: { values: [base.values, values] } }];
	}

	/** The key no longer stands for the person who had it before. */
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

/** Returns the value that a write gives a field; undefined: it leaves it. */
function valueIn(write: ImportedRecord, field: string): Json | undefined {
	if (!('add' in write)) return write.edit[field]?.[1];
	return (write.add as AnyRecord & Readonly<Record<string, Json>>)[field];
}
