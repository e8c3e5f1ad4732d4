import { describe, expect, it } from 'vitest';
import { planImport } from '#lib/domain/import/plan-import.ts';
import { readRosterFiles } from '#lib/exchange/file/read-roster-files.ts';
import { rosterFromTables } from '#lib/exchange/table/roster-from-tables.ts';
import type { Roster } from '#lib/domain/import/roster.ts';
import { SchoolState } from '#lib/domain/registry/state.ts';
import { school } from '#lib/domain/testing/test-school.ts';
import { bulkRoster } from './bulk-roster.ts';
import { rosterToTable, tableToCsv, windows1252Bytes } from './roster-table.ts';

const roster = bulkRoster({ pupils: 2000 });

function planOf(wanted: Roster) {
	let made = 0;
	const newId = () => `id-${++made}`;
	const options = { today: '2026-09-10', newId, whole: true };
	return planImport(new SchoolState([school]), wanted, options);
}

describe('a roster in bulk', () => {
	it('has every pupil once, with guardians, and nothing to doubt', () => {
		const { counts } = planOf(roster);
		expect(roster.pupils).toHaveLength(2000);
		expect(new Set(roster.pupils.map(({ pupilNumber }) => pupilNumber)).size).toBe(2000);
		expect(counts.doubt).toBe(0);
		expect(counts.new).toBe(2000 + roster.guardians.length);
	});

	it('becomes a CSV file in Windows-1252 that is read back without a doubt', () => {
		const bytes = windows1252Bytes(tableToCsv(rosterToTable(roster)));
		expect(new TextDecoder('windows-1252').decode(bytes)).toContain('Officiële voornaam');
		const read = readRosterFiles([{ name: 'leerlingen.csv', bytes }]);
		if (!read.ok || read.value.kind !== 'tables') throw new Error('not a table');
		const { tables, mappings } = read.value;
		expect(mappings.flatMap(({ columns }) => columns)).not.toContain(null);
		const again = rosterFromTables(tables, mappings);
		expect(again.pupils).toHaveLength(2000);
		expect(again.guardians.length).toBeGreaterThan(2000);
		expect(planOf(again).counts).toMatchObject({ doubt: 0, skipped: 0 });
	});
});
