import { asciiLetters } from '#lib/domain/kernel/text/transliterate.ts';
import type { RosterStaff } from '#lib/domain/import/roster.ts';
import { groups } from './groups.ts';
import { staffNames } from './name-lists.ts';
import { surnameFor } from './names.ts';

const otherJobs =
	'directeur adjunct-directeur zorgcoördinator zorgleerkracht ICT-coördinator leerlingbegeleider leerlingbegeleider leerlingensecretariaat leerlingensecretariaat boekhouder opvoeder opvoeder kinderverzorger leerkracht_LO leerkracht_muziek leerkracht_godsdienst leerkracht_NCZ'.split(
		' '
	);

/** Everybody who works at the school: the first eighteen have a group of their own. */
export function staffRoster(): RosterStaff[] {
	// A name ends in its sex: `Ann De_Ridder|V`.
	return staffNames.split(/(?<=\|[MV]) /).map((line, index): RosterStaff => {
		const [name = '', sex] = line.split('|');
		const [givenName = '', family = ''] = name.split(' ');
		const surname = surnameFor(family.replaceAll('_', ' '), sex === 'V' ? 'V' : 'M');
		const group = groups[index];
		const local = `${asciiLetters(givenName)}.${asciiLetters(surname.namePrefix + surname.familyName)}`;
		const staffNumber = String(10120 + index * 37);
		return {
			line: index + 2,
			unreadable: [],
			sourceKey: staffNumber,
			staffNumber,
			givenName,
			...surname,
			email: `${local}@sleutelbloem.example.org`,
			job: group ? 'leerkracht' : (otherJobs[index - groups.length] ?? '').replace('_', ' '),
			groupNames: group ? [group.name] : []
		};
	});
}
