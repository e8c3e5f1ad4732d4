import { expect, it } from 'vitest';
import { headingsKey, TableColumns } from './columns.svelte.ts';
import { csv } from './test-import.ts';
import { ImportWork, type TableSummary } from './work.ts';

async function tableOf(...lines: readonly string[]): Promise<TableSummary> {
	const read = await new ImportWork().read([csv(...lines)]);
	if (!read.ok || read.value.kind !== 'tables') throw new Error('no table');
	const [table] = read.value.tables;
	if (!table) throw new Error('no table');
	return table;
}

const lines = ['Stamnummer;Voornaam;Achternaam;Klas', '101;Aylin;Demir;3A', '102;Noé;Claes;3A'];

it('moves a meaning from the column that had it', async () => {
	const columns = new TableColumns(await tableOf(...lines), undefined);
	columns.setColumn(3, 'familyName');
	expect(columns.mapping?.columns).toEqual(['pupilNumber', 'givenName', null, 'familyName']);
});

it('says what is missing as soon as it is', async () => {
	const columns = new TableColumns(await tableOf(...lines), undefined);
	expect(columns.problems).toEqual([]);
	columns.setColumn(0, null);
	expect(columns.problems).toEqual([{ code: 'noNumberColumn' }]);
	expect(columns.settled).toBe(false);
});

it('has its columns back when a table is imported after all', async () => {
	const columns = new TableColumns(await tableOf(...lines), undefined);
	columns.setColumn(3, null);
	columns.setSubject(null);
	expect(columns.mapping).toBeNull();
	columns.setSubject('pupil');
	expect(columns.mapping?.columns).toEqual(['pupilNumber', 'givenName', 'familyName', null]);
});

it('reads the headings anew when the rows are about somebody else', async () => {
	const table = await tableOf('Nummer;Voornaam;Achternaam;Functie', 'P1;Aylin;Demir;leerkracht');
	const columns = new TableColumns(table, undefined);
	columns.setSubject('staff');
	expect(columns.mapping?.columns).toEqual(['staffNumber', 'givenName', 'familyName', 'job']);
});

it('takes what was remembered over what is recognised', async () => {
	const table = await tableOf(...lines);
	const before = new TableColumns(table, undefined);
	before.setColumn(3, null);
	before.confirm();
	const [key, remembered] = before.remembered;
	const columns = new TableColumns(table, remembered);
	expect(key).toBe(headingsKey(table));
	expect(columns.mapping?.columns[3]).toBeNull();
	expect(columns.settled).toBe(true);
});

it('never shows a national number as an example', async () => {
	const table = await tableOf(
		'Stamnummer;Voornaam;Achternaam;Rijksregisternummer;GSM',
		'101;Aylin;Demir;85.07.30-033.28;0499 00 11 22',
		'102;Noé;Claes;17073003384;0499001123'
	);
	expect(table.samples[3]).toEqual(['••.••.••-•••.••', '•••••••••••']);
	expect(table.samples[4]).toEqual(['0499 00 11 22', '0499001123']);
});
