import type { PlannedPerson } from '#lib/domain/import/plan.ts';
import { fullNameOf } from '#lib/domain/people/names.ts';
import { subjectText } from '#lib/i18n/import-text.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import { today } from '../browser/clock.ts';
import { saveFile } from '../save-file.ts';
import type { SavedTable } from '../save-workbook.ts';
import type { Session } from '../session/session.svelte.ts';

export type TemplateFormat = 'xlsx' | 'csv';
export type ExportFormat = TemplateFormat | 'oneRoster' | 'edexml';

const types: Record<string, string> = {
	csv: 'text/csv',
	zip: 'application/zip',
	xml: 'application/xml'
};

/** *Sjabloon downloaden*. */
export async function saveTemplate(format: TemplateFormat): Promise<void> {
	const name = m.import_template_name();
	if (format === 'csv') {
		const { templateCsv } = await import('#lib/exchange/table/export-tables.ts');
		save(templateCsv(), name, format);
	} else {
		const { templateTables } = await import('#lib/exchange/table/people-table.ts');
		await saveTables(templateTables(), name);
	}
}

/** *Leerlingenlijst exporteren*: everybody who is enrolled, without passwords or national numbers. */
export async function savePupils({ state, today }: Session, format: ExportFormat): Promise<void> {
	const name = `${m.import_export_name()}-${today}`;
	if (format === 'oneRoster') {
		const { pupilsToOneRoster } = await import('#lib/exchange/oneroster/write.ts');
		save(pupilsToOneRoster(state, today), `${name}-oneroster`, 'zip');
	} else if (format === 'edexml') {
		const { pupilsToEdexml } = await import('#lib/exchange/edexml/write.ts');
		save(pupilsToEdexml(state, today), `${name}-edexml`, 'xml');
	} else {
		const { peopleTables, pupilsToCsv } = await import('#lib/exchange/table/export-tables.ts');
		if (format === 'csv') save(pupilsToCsv(state, today), name, format);
		else await saveTables(peopleTables(state, today), name);
	}
}

/** The rows that an import did not take over, with the reason of each, to correct the file by. */
export async function saveSkipped(
	people: readonly PlannedPerson[],
	reasonOf: (person: PlannedPerson) => string
): Promise<void> {
	const columns: readonly (readonly [string, (person: PlannedPerson) => string])[] = [
		[m.import_col_file(), ({ file }) => file ?? ''],
		[m.import_col_line(), ({ line }) => String(line ?? '')],
		[m.import_col_name(), ({ name }) => fullNameOf(name)],
		[m.import_col_number(), ({ number }) => number],
		[m.import_col_subject(), ({ subject }) => subjectText(subject)],
		[m.import_col_reason(), reasonOf]
	];
	const table = {
		name: m.import_report_save_name(),
		headings: columns.map(([heading]) => heading),
		rows: people.map((person) => columns.map(([, text]) => text(person)))
	};
	await saveTables([table], m.import_report_save_name());
}

/** Loaded when used: it brings the writer of zips. */
async function saveTables(tables: readonly SavedTable[], name: string): Promise<void> {
	const { saveWorkbook } = await import('../save-workbook.ts');
	await saveWorkbook(tables, { name, date: today() });
}

function save(bytes: Uint8Array<ArrayBuffer>, name: string, extension: string): void {
	saveFile(new Blob([bytes], { type: types[extension] }), `${name}.${extension}`);
}
