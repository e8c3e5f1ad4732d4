import type { Id } from '../../kernel/ids.ts';
import type { Staff } from '../../people/kinds.ts';
import { RowIndex, type Compared } from '../compared.ts';
import { nameKey } from '../person-names.ts';
import type { RosterStaff } from '../roster.ts';
import { isAbout } from './is-about.ts';

/** The school's staff by number and by name, and whether the rows of a file are about them. */
export class StaffHolders {
	readonly #compared: Compared;
	readonly #byNumber = new Map<string, Staff>();
	readonly #byName = new Map<string, Staff>();
	readonly #held = new Set<Id>();
	readonly #about = new Set<RosterStaff>();
	readonly rowsByNumber = new RowIndex<RosterStaff>((row) => row.staffNumber);
	readonly rowsByName = new RowIndex<RosterStaff>(nameKey);

	constructor(compared: Compared) {
		this.#compared = compared;
	}

	add(staff: Staff): void {
		this.#byNumber.set(staff.staffNumber, staff);
		this.#byName.set(nameKey(staff), staff);
	}

	look(row: RosterStaff): void {
		this.rowsByNumber.add(row);
		this.rowsByName.add(row);
		const holder = this.holder(row);
		if (!holder) return;
		const { state, spelling } = this.#compared;
		if (!isAbout(holder, state.get('importBase', holder.id), row, spelling)) return;
		this.#about.add(row);
		this.#held.add(holder.id);
	}

	/** The member of staff with the number of a row. */
	holder({ staffNumber }: RosterStaff): Staff | undefined {
		return staffNumber === '' ? undefined : this.#byNumber.get(staffNumber);
	}

	/** Tells whether a row is about the person who has its number, as far as their names tell. */
	isAboutHolder(row: RosterStaff): boolean {
		return this.#about.has(row);
	}

	/** Tells whether somebody is in the file under their own number. */
	isHeld({ id }: Staff): boolean {
		return this.#held.has(id);
	}

	named(row: RosterStaff): Staff | undefined {
		return this.#byName.get(nameKey(row));
	}

	isNumber(number: string): boolean {
		return this.#byNumber.has(number) || this.rowsByNumber.has(number);
	}
}
