import { RowIndex, type Compared } from '../compared.ts';
import { nameKey } from '../person-names.ts';
import type { RosterPupil } from '../roster.ts';
import { nationalNumberOf } from './known-pupils.ts';

/** The pupils of a file by what tells people apart. */
export class PupilRows {
	readonly byNumber = new RowIndex<RosterPupil>((row) => row.pupilNumber);
	readonly byName = new RowIndex<RosterPupil>(nameKey);
	readonly byNational: RowIndex<RosterPupil>;

	constructor(compared: Compared) {
		this.byNational = new RowIndex((row) => nationalNumberOf(row, compared) ?? '');
	}

	add(row: RosterPupil): void {
		this.byNumber.add(row);
		this.byName.add(row);
		this.byNational.add(row);
	}
}
