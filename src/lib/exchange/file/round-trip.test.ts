import { templateTables } from '../table/people-table.ts';
import { foreignWorkbook } from './testing.ts';
import { expect, it } from 'vitest';
import {
	emptySchool,
	importInto,
	plan,
	pupilRow,
	roster,
	today
} from '#lib/domain/import/testing.ts';
import type { Roster } from '#lib/domain/import/roster.ts';
import type { SchoolState } from '#lib/domain/registry/state.ts';
import { pupilsToEdexml } from '../edexml/write.ts';
import { peopleTables, pupilsToCsv, templateCsv } from '../table/export-tables.ts';
import { mappingProblems } from '../table/mapping.ts';
import { pupilsToOneRoster } from '../oneroster/write.ts';
import { readRosterFiles } from './read-roster-files.ts';
import { rosterFromTables } from '../table/roster-from-tables.ts';

function school(): SchoolState {
	const state = emptySchool();
	const contact = {
		street: 'Kerkstraat; "de oude"',
		houseNumber: '12 bus 3',
		postcode: '9000',
		city: 'Gent',
		phone: '+32 470 12 34 56',
		email: 'aylin@example.org'
	};
	importInto(
		state,
		roster({
			pupils: [
				pupilRow({
					pupilNumber: '0012',
					namePrefix: 'van der',
					groupName: '6de leerjaar',
					birthDate: '1985-07-30',
					sex: 'M',
					nationalNumber: '85073003328',
					contact,
					enrolledFrom: '2020-09-01',
					enrolledTo: '2027-06-30'
				}),
				pupilRow({ pupilNumber: '=1+1', givenName: 'Łukasz', familyName: 'Öz', sex: 'M' }),
				pupilRow({ pupilNumber: '13', givenName: '-Bo', familyName: 'de "Witte"', sex: 'X' })
			],
			guardians: [
				{
					line: 2,
					unreadable: [],
					sourceKey: 'a',
					givenName: 'An',
					initials: 'A.',
					namePrefix: '',
					familyName: 'Maes',
					contact,
					pupils: [{ pupilSourceKey: '0012', relation: 'moeder', authority: true }]
				}
			],
			staff: [
				{
					line: 2,
					unreadable: [],
					sourceKey: 'T1',
					staffNumber: 'T1',
					givenName: 'Els',
					namePrefix: '',
					familyName: 'Maes',
					email: 'els@example.org',
					job: 'teacher',
					groupNames: ['6de leerjaar']
				}
			]
		})
	);
	return state;
}

function read(bytes: Uint8Array): Roster {
	const parsed = readRosterFiles([{ name: 'export', bytes }]);
	if (!parsed.ok) throw new Error(JSON.stringify(parsed.refusal));
	const { value } = parsed;
	if (value.kind === 'roster') return value.roster;
	for (const mapping of value.mappings) expect(mappingProblems(mapping)).toEqual([]);
	return rosterFromTables(value.tables, value.mappings);
}

const exports: [string, (state: SchoolState) => Uint8Array | Promise<Uint8Array>, number][] = [
	['CSV', (state) => pupilsToCsv(state, today), 4],
	['Excel', (state) => foreignWorkbook(peopleTables(state, today)), 5],
	['OneRoster', (state) => pupilsToOneRoster(state, today), 5],
	['EDEXML', (state) => pupilsToEdexml(state, today), 4]
];

it.each(exports)(
	'what is exported as %s changes nothing when imported again',
	async (_, write, people) => {
		const state = school();
		const planned = plan(state, read(await write(state)), { whole: true });
		expect(planned.people.filter(({ outcome }) => outcome !== 'unchanged')).toEqual([]);
		expect(planned.counts.unchanged).toBe(people);
	}
);

it.each(exports)('no national number is in an export as %s', async (_, write) => {
	const bytes = await write(school());
	const again = JSON.stringify(read(bytes));
	expect(again).toContain('0012');
	expect(again).not.toContain('85073003328');
	expect(new TextDecoder('latin1').decode(bytes)).not.toContain('85073003328');
});

it('gives a CSV file no cell that a spreadsheet would run', () => {
	const text = new TextDecoder().decode(pupilsToCsv(school(), today));
	const cells = text.split(/[;\r\n]+/);
	expect(cells).toContain("'=1+1");
	expect(cells.filter((cell) => /^"?[=+\-@]/.test(cell))).toEqual([]);
});

it('makes templates with headings that are all recognised', async () => {
	const row = `\r\n${Array.from({ length: 44 }, () => 'x').join(';')}`;
	const csv = new TextDecoder().decode(templateCsv()).trimEnd() + row;
	const parsed = readRosterFiles([{ name: 'template', bytes: new TextEncoder().encode(csv) }]);
	if (!parsed.ok || parsed.value.kind !== 'tables') throw new Error('not read');
	expect(parsed.value.mappings[0]?.columns).not.toContain(null);
	const empty = readRosterFiles([
		{ name: 'template', bytes: await foreignWorkbook(templateTables()) }
	]);
	expect(empty).toMatchObject({ ok: false, refusal: { code: 'noTable' } });
});
