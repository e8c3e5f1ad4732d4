import type { Page } from '@playwright/test';
import { chooseFilter, openPage, pupilTable } from '../../e2e/support/desk.ts';
import { chooseFiles, expectStep } from '../../e2e/support/import.ts';
import { textFile } from '../../e2e/support/rosters.ts';

/** How many pupils an import brings. */
const imported = 120;

/** Something that the desk does, brought to where one press starts it. */
export interface Work {
	/** Goes where it is started. `round` makes what is typed differ from time to time. */
	prepare(page: Page, round: number): Promise<void>;
	/** Starts it; goes on until the browser is killed. */
	start(page: Page, round: number): Promise<void>;
	/** A text that says that it is done, as soon as it stands on the page. */
	shows(round: number): RegExp;
	/** From the start until all of it has happened, printing and folding included; milliseconds. */
	readonly lasts: number;
	/** How many writes and finished transactions it makes, roughly. */
	readonly steps: number;
}

export type WorkName = 'commit' | 'import' | 'renewal';

const saves = 30;

export const works: Readonly<Record<WorkName, Work>> = {
	/** The school's name, changed again and again: each change shows in the frame. */
	commit: {
		prepare: async (page) => {
			await openPage(page, 'Instellingen');
			await page.getByLabel('Naam van de school').waitFor();
		},
		start: async (page, round) => {
			for (let save = 1; save <= saves; save++) {
				await page.getByLabel('Naam van de school').fill(schoolName(round, save));
				await page.getByRole('button', { name: 'Opslaan' }).click();
				await page.getByText(schoolName(round, save), { exact: true }).first().waitFor();
			}
		},
		shows: (round) => new RegExp(`${schoolName(round, 0).slice(0, -1)}\\d+(?!\\d)`),
		lasts: 4000,
		steps: 12
	},
	import: {
		prepare: async (page, round) => {
			await chooseFiles(page, [pupilsFile(round)]);
			await expectStep(page, 'Controleren');
		},
		start: async (page) => {
			await page.getByRole('button', { name: 'Importeren', exact: true }).click();
		},
		shows: () => /De import is klaar/,
		lasts: 5000,
		steps: 8
	},
	renewal: {
		prepare: async (page) => {
			await chooseFilter(page, 'Status', ['Actief']);
			await pupilTable(page)
				.getByRole('checkbox', { name: /^Alle .* selecteren$/ })
				.check();
			await page.getByRole('link', { name: 'Vernieuw wachtwoord' }).click();
			await page.getByRole('button', { name: 'Bewaren en afdrukken' }).waitFor();
		},
		start: async (page) => {
			await page.getByRole('button', { name: 'Bewaren en afdrukken' }).click();
		},
		shows: () => /wachtwoorden zijn vernieuwd/,
		lasts: 8000,
		steps: 20
	}
};

export function schoolName(round: number, save: number): string {
	return `Basisschool De Meetlat ${round}-${save}`;
}

/** The numbers of the pupils whom an import brings. */
export function importedNumbers(round: number): string[] {
	return Array.from({ length: imported }, (_, at) => String(1_000_000 + round * 1000 + at));
}

function pupilsFile(round: number) {
	const rows = importedNumbers(round).map((number) => {
		const letters = Array.from(number, (digit) => 'abcdefghij'.charAt(Number(digit))).join('');
		return `${number};K${letters};P${letters};1A`;
	});
	return textFile('leerlingen.csv', ['Stamnummer;Voornaam;Naam;Klas', ...rows].join('\r\n'));
}
