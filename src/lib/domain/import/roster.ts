import type { Address } from '../people/kinds.ts';
import type { IsoDate } from '../kernel/ids.ts';
import type { Sex } from '../kernel/numbers/national-number.ts';

/**
 * The content of a roster file, whatever its format: `exchange` makes it and `planImport` reads it.
 * A field that the file does not have is absent; one that it has and left empty is an empty string
 * or null.
 */
export interface Roster {
	/** Shown in the report: `CSV`, `Excel`, `EDEXML 2.1`, `OneRoster 1.2`. */
	readonly format: string;
	readonly pupils: readonly RosterPupil[];
	readonly guardians: readonly RosterGuardian[];
	readonly staff: readonly RosterStaff[];
}

/** Where a row stands, so that a person can find it: line 1 is the heading of a table. */
export interface RosterRow {
	/** The file it stands in, where there are several. */
	readonly file?: string;
	readonly line: number;
	/** Values that could not be read, as they stand in the file: a date that is none. */
	readonly unreadable: readonly UnreadableValue[];
}

export interface UnreadableValue {
	readonly field: string;
	readonly text: string;
}

export interface RosterPupil extends RosterRow {
	readonly sourceKey: string;
	readonly pupilNumber: string;
	/** Of an account that they have elsewhere: kept when they get one here (product.md 2). */
	readonly userName?: string;
	readonly givenName: string;
	readonly namePrefix?: string;
	readonly familyName: string;
	readonly groupName?: string;
	readonly birthDate?: IsoDate | null;
	readonly sex?: Sex | null;
	/** As written, digits only; which scheme it is follows from the digits and the school's country. */
	readonly nationalNumber?: string;
	readonly official?: {
		readonly givenName: string;
		readonly familyName: string;
		readonly sex?: Sex | null;
		readonly birthDate?: IsoDate | null;
	};
	readonly contact?: Partial<Address>;
	readonly enrolledFrom?: IsoDate | null;
	readonly enrolledTo?: IsoDate | null;
}

export interface RosterGuardian extends RosterRow {
	readonly sourceKey: string;
	/** As a pupil's. */
	readonly userName?: string;
	readonly givenName: string;
	readonly initials?: string;
	readonly namePrefix?: string;
	readonly familyName: string;
	readonly contact?: Partial<Address>;
	readonly pupils: readonly {
		readonly pupilSourceKey: string;
		readonly relation: string;
		readonly authority?: boolean | null;
	}[];
}

export interface RosterStaff extends RosterRow {
	readonly sourceKey: string;
	readonly staffNumber: string;
	readonly givenName: string;
	readonly namePrefix?: string;
	readonly familyName: string;
	readonly email?: string;
	readonly job?: string;
	readonly groupNames?: readonly string[];
}
