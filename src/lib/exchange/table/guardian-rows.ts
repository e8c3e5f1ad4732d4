import type { RosterGuardian, RosterPupil } from '#lib/domain/import/roster.ts';
import { fold } from '#lib/domain/kernel/text/fold.ts';
import { guardianColumns, guardianPositions, type GuardianPosition } from './fields.ts';
import { relationIn } from './headings.ts';
import { RowReader, type RowFormat } from './row-reader.ts';
import { readYesNo } from '../values/yes-no.ts';

/** A guardian as one row says it; without a key of its own, `sourceKey` is empty. */
export type LooseGuardian = RosterGuardian;

/** A place for a guardian in the row of a pupil. */
export interface GuardianPlace {
	readonly position: GuardianPosition;
	/** That the headings say by themselves: `Naam moeder`. */
	readonly relation: string;
}

/** The places that a table of pupils has a column for. */
export function guardianPlaces(
	headings: readonly string[],
	columns: RowFormat['columns']
): readonly GuardianPlace[] {
	return guardianPositions.flatMap((position) => {
		const used = guardianColumns.flatMap((column) => {
			const at = columns.get(`guardian${position}.${column}`);
			return at === undefined ? [] : [headings[at] ?? ''];
		});
		const relation = used.map(relationIn).find((word) => word !== '') ?? '';
		return used.length === 0 ? [] : [{ position, relation }];
	});
}

/** The guardians in the columns of a pupil's row; a place without any text is nobody. */
export function guardiansInPupilRow(
	cells: readonly string[],
	pupil: RosterPupil,
	places: readonly GuardianPlace[],
	format: RowFormat
): LooseGuardian[] {
	return places.flatMap(({ position, relation }): LooseGuardian[] => {
		const row = new RowReader(cells, format);
		const prefix = `guardian${position}.` as const;
		const filled = guardianColumns.some(
			(column) => column !== 'relation' && column !== 'authority' && row.text(`${prefix}${column}`)
		);
		if (!filled) return [];
		const link = {
			pupilSourceKey: pupil.sourceKey,
			relation: row.text(`${prefix}relation`) || relation,
			authority: readYesNo(row.text(`${prefix}authority`))
		};
		return [
			{
				file: pupil.file,
				line: pupil.line,
				sourceKey: '',
				...row.name(prefix),
				userName: row.text(`${prefix}userName`),
				initials: row.text(`${prefix}initials`),
				contact: row.contact(prefix),
				pupils: [link],
				unreadable: row.unreadable
			}
		];
	});
}

/**
 * Makes one guardian of the rows about the same person: those with the same key, else those with the
 * same name and the same mail address, phone number or house. Two who share only a name stay two.
 */
export function mergeGuardians(rows: readonly LooseGuardian[]): RosterGuardian[] {
	const merged = new Map<string, RosterGuardian>();
	for (const row of rows) {
		const sourceKey = row.sourceKey || keyOf(row);
		const known = merged.get(sourceKey);
		if (!known) merged.set(sourceKey, { ...row, sourceKey });
		else {
			const children = new Set(known.pupils.map(({ pupilSourceKey }) => pupilSourceKey));
			const more = row.pupils.filter(({ pupilSourceKey }) => !children.has(pupilSourceKey));
			merged.set(sourceKey, { ...known, pupils: [...known.pupils, ...more] });
		}
	}
	return [...merged.values()];
}

function keyOf(row: LooseGuardian): string {
	const { givenName, initials = '', namePrefix = '', familyName, contact = {}, pupils } = row;
	const name = fold([givenName || initials, namePrefix, familyName].join(' '));
	const { email, phone, postcode, houseNumber } = contact;
	const house = postcode && houseNumber ? `${postcode} ${houseNumber}` : '';
	const child = pupils[0]?.pupilSourceKey ?? '';
	return `${name}/${fold(email || phone || house || child)}`.slice(0, 300);
}
