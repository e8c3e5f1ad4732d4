import { addDays } from '#lib/domain/kernel/dates.ts';
import type { Roster, RosterGuardian, RosterPupil } from '#lib/domain/import/roster.ts';
import type { Address } from '#lib/domain/people/kinds.ts';
import type { Calendar } from './calendar.ts';
import { groups } from './groups.ts';
import { initialsOf } from './names.ts';
import { emailOf, type DemoPerson } from './people.ts';
import { groupIn, type DemoPupil, type Phase } from './pupils.ts';
import { staffRoster } from './staff.ts';

/** The roster in the file of a phase, as the exchange room would read it from Excel. */
export function rosterIn(pupils: readonly DemoPupil[], phase: Phase, calendar: Calendar): Roster {
	const rows: RosterPupil[] = [];
	const present: DemoPupil[] = [];
	for (const pupil of pupils) {
		const group = groupIn(pupil, phase);
		if (group === null) continue;
		present.push(pupil);
		const moved = phase.afterMidYear && pupil.midYear === 'newAddress';
		rows.push({
			...pupilRow(pupil, groups[group]?.name ?? '', rows.length + 2),
			contact: contactOf(pupil, moved ? pupil.newHome : pupil.contact, group),
			enrolledFrom: enrolledFrom(pupil, calendar),
			enrolledTo: phase.thisYear ? calendar.yearEnd : addDays(calendar.yearStart, -1)
		});
	}
	return { format: 'Excel', pupils: rows, guardians: guardianRows(present), staff: staffRoster() };
}

/** A pupil's row but for group, address and dates. */
export function pupilRow(person: DemoPerson, groupName: string, line: number): RosterPupil {
	const { number, givenName, namePrefix, familyName, birthDate, sex, nationalNumber } = person;
	const officialFamilyName = namePrefix === '' ? familyName : `${namePrefix} ${familyName}`;
	const { officialGivenName } = person;
	const official = { givenName: officialGivenName, familyName: officialFamilyName, sex, birthDate };
	return {
		line,
		unreadable: [],
		sourceKey: number,
		pupilNumber: number,
		givenName,
		namePrefix,
		familyName,
		groupName,
		birthDate,
		sex,
		nationalNumber,
		...(nationalNumber === '' ? {} : { official })
	};
}

/** Each guardian once, with all of their children that are in the file. */
export function guardianRows(pupils: readonly DemoPerson[]): RosterGuardian[] {
	const rows = new Map<string, RosterGuardian & { pupils: RosterGuardian['pupils'][number][] }>();
	for (const { number, family } of pupils) {
		for (const { key, address, relation, authority, ...name } of family.guardians) {
			let row = rows.get(key);
			if (!row) {
				const line = rows.size + 2;
				const initials = initialsOf(name.givenName);
				const at = { line, unreadable: [], sourceKey: key };
				row = { ...at, ...name, initials, contact: address, pupils: [] };
				rows.set(key, row);
			}
			row.pupils.push({ pupilSourceKey: number, relation, authority });
		}
	}
	return [...rows.values()];
}

function contactOf(pupil: DemoPupil, home: Address, group: number): Address {
	const secondary = (groups[group]?.grade ?? 1) > 6;
	const { number: key } = pupil;
	const email = secondary ? emailOf(pupil, key).replace('@', '@leerling.') : '';
	return { ...home, phone: '', email };
}

function enrolledFrom(pupil: DemoPupil, { yearStart, midYear }: Calendar): string {
	if (pupil.midYear === 'joined') return addDays(midYear, -3);
	return `${Number(yearStart.slice(0, 4)) - pupil.yearsHere}-09-01`;
}
