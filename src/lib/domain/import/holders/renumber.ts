import type { Id } from '../../kernel/ids.ts';
import type { StateReader } from '../../registry/state.ts';
import { freedNumber } from './freed-number.ts';
import type { ImportedRecord } from '../imported-record.ts';
import type { PlannedPerson } from '../plan.ts';

/** A pupil's number as it is, and as it is to be. */
interface Move {
	readonly id: Id;
	readonly from: string;
	readonly to: string;
}

/** So many moves fit in one mutation with certainty. */
const mostAtOnce = 500;

/**
 * The numbers that change hands, in an order in which none is ever two pupils', and the people without
 * them. Where everybody has somebody else's, as after a wrong sort of a spreadsheet, they change in one
 * unit, which one mutation takes; a ring too large for that begins with one number put aside.
 */
export function takeRenumbering(
	state: StateReader,
	people: readonly PlannedPerson[]
): { readonly units: readonly ImportedRecord[][]; readonly people: readonly PlannedPerson[] } {
	const moves = movesIn(people);
	const left = new Set(moves.map(({ from }) => from));
	// Also who only leaves a number, as whose row is skipped: it is free before anybody takes it.
	const given = new Set([...givenIn(people), ...moves.map(({ to }) => to)]);
	const ours = moves.filter(
		({ id, from, to }) => given.has(from) || left.has(to) || isTaken(state, id, to)
	);
	if (ours.length === 0) return { units: [], people };
	const taken = new Set(ours.map(({ id }) => id));
	return { units: unitsOf(state, ours), people: people.map((person) => without(person, taken)) };
}

function isTaken(state: StateReader, id: Id, number: string): boolean {
	return state.find('pupilByNumber', number).some((other) => other.id !== id);
}

function movesIn(people: readonly PlannedPerson[]): Move[] {
	return people.flatMap(({ writes }) =>
		writes.flatMap((write) => {
			if ('add' in write || write.kind !== 'pupil') return [];
			const [from, to] = write.edit['pupilNumber'] ?? [];
			const isMove = typeof from === 'string' && typeof to === 'string';
			return isMove ? [{ id: write.id, from, to }] : [];
		})
	);
}

function* givenIn(people: readonly PlannedPerson[]): Iterable<string> {
	for (const { writes } of people) {
		for (const write of writes) {
			if ('add' in write && write.add.kind === 'pupil') yield write.add.pupilNumber;
		}
	}
}

function without(person: PlannedPerson, taken: ReadonlySet<Id>): PlannedPerson {
	const isOurs = (write: ImportedRecord) =>
		!('add' in write) && write.kind === 'pupil' && taken.has(write.id);
	if (!person.writes.some(isOurs)) return person;
	const writes = person.writes.flatMap((write) => {
		if ('add' in write || !isOurs(write)) return [write];
		const fields = Object.entries(write.edit).filter(([field]) => field !== 'pupilNumber');
		return fields.length > 0 ? [{ ...write, edit: Object.fromEntries(fields) }] : [];
	});
	return { ...person, writes };
}

function unitsOf(state: StateReader, moves: readonly Move[]): ImportedRecord[][] {
	const leaving = new Map(moves.map((move) => [move.from, move]));
	const done = new Set<Move>();
	return moves.flatMap((move) => {
		const path: Move[] = [];
		let next: Move | undefined = move;
		while (next && !done.has(next)) {
			done.add(next);
			path.push(next);
			next = leaving.get(next.to);
		}
		const isRing = next === move && path.length > 0;
		// The one who goes last in the path frees the number of the one before.
		const edits = path.toReversed().map(({ id, from, to }) => edit(id, from, to));
		if (isRing) return path.length <= mostAtOnce ? [edits] : ringOf(state, move, edits);
		return edits.map((each) => [each]);
	});
}

/** The ring, begun by putting one number aside. */
function ringOf(
	state: StateReader,
	{ id, from, to }: Move,
	edits: readonly ImportedRecord[]
): ImportedRecord[][] {
	const aside = freedNumber(from, (number) => isTaken(state, id, number));
	const others = edits.slice(0, -1).map((each) => [each]);
	return [[edit(id, from, aside)], ...others, [edit(id, aside, to)]];
}

function edit(id: Id, from: string, to: string): ImportedRecord {
	return { kind: 'pupil', id, edit: { pupilNumber: [from, to] } };
}
