import type { Group } from '../people/kinds.ts';
import type { Id } from '../kernel/ids.ts';
import type { StateReader } from '../registry/state.ts';
import type { ImportedRecord } from './imported-record.ts';

/** Groups by name, those that a file brings included. */
export class GroupBook {
	readonly #state: StateReader;
	readonly #newId: () => Id;
	readonly #made = new Map<string, Group>();
	readonly #names = new Map<Id, string>();

	constructor(state: StateReader, newId: () => Id) {
		this.#state = state;
		this.#newId = newId;
		for (const { id, name } of state.all('group')) this.#names.set(id, name);
	}

	/** The group of that name, in any case; null: no name. */
	idOf(name: string): Id | null {
		if (name === '') return null;
		const key = name.toLowerCase();
		const known = this.#state.find('groupByName', key)[0] ?? this.#made.get(key);
		if (known) return known.id;
		const group: Group = { kind: 'group', id: this.#newId(), name };
		this.#made.set(key, group);
		this.#names.set(group.id, name);
		return group.id;
	}

	nameOf(id: Id | null): string {
		return id === null ? '' : (this.#names.get(id) ?? '');
	}

	/** The new groups that somebody is put in. */
	usedBy(writes: Iterable<ImportedRecord>): Group[] {
		const used = new Set<unknown>();
		for (const write of writes) {
			if ('add' in write) {
				if (write.add.kind === 'pupil') used.add(write.add.groupId);
				if (write.add.kind === 'staff') for (const id of write.add.groupIds) used.add(id);
			} else {
				used.add(write.edit['groupId']?.[1]);
				const groupIds = write.edit['groupIds']?.[1];
				if (Array.isArray(groupIds)) for (const id of groupIds) used.add(id);
			}
		}
		return [...this.#made.values()].filter(({ id }) => used.has(id));
	}
}
