import { threadCpuUsage } from 'node:process';
import { foreignWorkbook } from './testing.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptySchool, importInto, pupilRow, roster, today } from '#lib/domain/import/testing.ts';
import { pupilsToEdexml } from '../edexml/write.ts';
import { peopleTables, pupilsToCsv } from '../table/export-tables.ts';
import { pupilsToOneRoster } from '../oneroster/write.ts';
import { readRosterFiles } from './read-roster-files.ts';
import { rosterFromTables } from '../table/roster-from-tables.ts';

/** Reading ends with a roster or a problem, and throws never. */
function read(bytes: Uint8Array): void {
	const parsed = readRosterFiles([{ name: 'bestand', bytes }]);
	if (parsed.ok && parsed.value.kind === 'tables') {
		rosterFromTables(parsed.value.tables, parsed.value.mappings);
	}
}

const state = emptySchool();
importInto(
	state,
	roster({
		pupils: Array.from({ length: 20 }, (_, index) =>
			pupilRow({
				pupilNumber: `${index}`,
				givenName: `Aylin${index}`,
				groupName: '3A',
				birthDate: '2014-11-07',
				sex: 'V'
			})
		)
	})
);
const files: [string, Uint8Array][] = [
	['CSV', pupilsToCsv(state, today)],
	['Excel', await foreignWorkbook(peopleTables(state, today))],
	['OneRoster', pupilsToOneRoster(state, today)],
	['EDEXML', pupilsToEdexml(state, today)]
];
const starts = [
	'',
	'PK\x03\x04',
	'<?xml version="1.0"?>',
	'<EDEX>',
	'Stamnummer;Naam\n',
	'"',
	'sep=;\n'
];

describe('reading never crashes', () => {
	it('on any bytes', () => {
		fc.assert(
			fc.property(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 400 }), (start, rest) => {
				read(new Uint8Array([...new TextEncoder().encode(start), ...rest]));
			}),
			{ numRuns: 500 }
		);
	});

	it('on any text', () => {
		const text = fc.string({ unit: fc.constantFrom(...'ab;,\t"\n\r<>/=&é1\u0000') });
		fc.assert(
			fc.property(fc.constantFrom(...starts), text, (start, rest) => {
				read(new TextEncoder().encode(start + rest));
			}),
			{ numRuns: 500 }
		);
	});

	it.each([
		['commas', ','],
		['digits', '1'],
		['spaces in quotes', ' '],
		['letters', 'a'],
		['a repeated address', 'a 1,']
	])('nor takes long over a cell full of %s', (_, part) => {
		const cell = part.repeat(30_000 / part.length);
		// Of this thread alone: other work on the machine does not count.
		const before = threadCpuUsage();
		const headings = 'Stamnummer;Naam;Adres;Geboortedatum;Geslacht;Ouder 1;BSN';
		read(new TextEncoder().encode(`${headings}\n1;${`"${cell}x";`.repeat(6)}\n`));
		read(
			new TextEncoder().encode(
				`<EDEX><leerlingen><leerling key="1"><geboortedatum>1${cell}1</geboortedatum></leerling></leerlingen></EDEX>`
			)
		);
		expect(threadCpuUsage(before).user / 1000).toBeLessThan(4_000);
	});

	it.each(files)('on a cut or changed file of %s', (_, bytes) => {
		const change = fc.tuple(fc.nat(bytes.length - 1), fc.nat(255));
		fc.assert(
			fc.property(fc.array(change, { maxLength: 8 }), fc.nat(bytes.length), (changes, length) => {
				const changed = bytes.slice();
				for (const [at, value] of changes) changed[at] = value;
				read(changed);
				read(changed.slice(0, length));
			}),
			{ numRuns: 150 }
		);
	});
});
