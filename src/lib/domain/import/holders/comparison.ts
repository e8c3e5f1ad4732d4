import { KeptSpelling } from '../../people/identity/spelling.ts';
import type { StateReader } from '../../registry/state.ts';
import { sourcesOf, type Compared } from '../compared.ts';
import type { Roster } from '../roster.ts';
import { GuardianHolders } from './guardian-holders.ts';
import { KnownPupils } from './known-pupils.ts';
import { NumberHolders } from './number-holders.ts';
import { PupilRows } from './pupil-rows.ts';
import { StaffHolders } from './staff-holders.ts';

/**
 * The part of a plan that no decision changes: a roster and a school compared. A plan that is made
 * again after a decision keeps it, as long as neither of the two has changed. `steps` fills it, a
 * person at a time, so that the page can draw meanwhile; nothing of it holds before that is done.
 */
export class Comparison implements Compared {
	readonly state: StateReader;
	readonly roster: Roster;
	readonly country: Compared['country'];
	readonly sourceOf: Compared['sourceOf'];
	readonly spelling = new KeptSpelling();
	readonly known: KnownPupils;
	readonly pupilRows: PupilRows;
	readonly numbers: NumberHolders;
	readonly guardians: GuardianHolders;
	readonly staff: StaffHolders;
	readonly #work: Iterator<void>;

	constructor({ state, roster }: { readonly state: StateReader; readonly roster: Roster }) {
		this.state = state;
		this.roster = roster;
		const [school] = state.all('school');
		this.country = school?.country ?? 'NL';
		this.sourceOf = sourcesOf(roster.format);
		this.known = new KnownPupils(this);
		this.pupilRows = new PupilRows(this);
		this.numbers = new NumberHolders(this, this.known, this.pupilRows);
		this.guardians = new GuardianHolders(this);
		this.staff = new StaffHolders(this);
		this.#work = this.#compare();
	}

	/** Does the rest of the work, whoever began it. */
	*steps(): Generator<void> {
		while (!this.#work.next().done) yield;
	}

	*#compare(): Generator<void> {
		const { pupils, guardians, staff } = this.roster;
		yield* each(this.state.all('pupil'), (pupil) => this.known.add(pupil));
		yield* each(this.state.all('nationalNumber'), (number) => this.known.addNumber(number));
		yield* each(pupils, (row) => this.pupilRows.add(row));
		yield* each(pupils, (row) => this.numbers.look(row));
		yield* each(guardians, (row) => this.guardians.look(row));
		yield* each(this.state.all('staff'), (person) => this.staff.add(person));
		yield* each(staff, (row) => this.staff.look(row));
	}
}

function* each<T>(items: Iterable<T>, work: (item: T) => void): Generator<void> {
	for (const item of items) {
		work(item);
		yield;
	}
}
