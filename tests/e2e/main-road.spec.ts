import { startAppServer } from '../support/app-server.ts';
import { leaks, readAtRest, recordKinds } from './support/at-rest.ts';
import {
	chooseFilter,
	expectRows,
	expectSelected,
	pupilTable,
	rowBoxes,
	saveAndPrint,
	openPage
} from './support/desk.ts';
import { chooseFiles, expectCounts, expectStep, importFiles, importNow } from './support/import.ts';
import { keepsApp, readyForOffline } from './support/offline.ts';
import { readPrintedZip } from './support/printed-zip.ts';
import { csvFile, oneRosterFiles, rosterOn } from './support/rosters.ts';
import { fillInSchool, school, signIn } from './support/school.ts';
import { notePublicKeys, publicKeyOf } from './support/signatures.ts';
import { expect, test } from './support/test.ts';

test.use(keepsApp);

test.setTimeout(240_000);

test('with the network gone after the first visit, a school goes from a file to printed cards, renews some, and keeps it all', async ({
	openDevice
}) => {
	const server = await startAppServer();
	const { context, page } = await openDevice(server.origin);
	await notePublicKeys(context);
	await page.goto('/');
	await readyForOffline(page);
	await context.setOffline(true);
	await server.stop();

	await page.getByRole('link', { name: 'Nieuwe school op dit apparaat' }).click();
	const recoveryCode = await fillInSchool(page);
	const publicKey = await publicKeyOf(page);

	const roster = rosterOn(new Date(), 2000);
	await test.step('import OneRoster and a CSV of 2,000 in Windows-1252', async () => {
		await importFiles(page, oneRosterFiles);
		await chooseFiles(page, [csvFile(roster)]);
		await expectStep(page, 'Controleren');
		await expectCounts(page, { Gewijzigd: 0, Twijfel: 0, Vertrokken: 0 });
		// Of thousands of rows, those in view are drawn.
		expect(await page.getByRole('row').count()).toBeLessThan(100);
		await importNow(page);
		await page.getByRole('link', { name: 'Naar de leerlingen' }).click();
		await expectRows(page, 2003);
	});

	const created = await test.step('filter, select across pages, and make LeerIDs', async () => {
		await chooseFilter(page, 'Administratieve groep', ['4de leerjaar', '4de leerjaar 2']);
		await expectRows(page, 44);
		const boxes = rowBoxes(pupilTable(page));
		await boxes.nth(1).click();
		await boxes.nth(6).click({ modifiers: ['Shift'] });
		await expectSelected(page, 6);
		await chooseFilter(page, 'Administratieve groep', ['5de leerjaar', '5de leerjaar 2']);
		await expect(page.getByText('6 geselecteerd, waarvan 6 buiten deze lijst')).toBeVisible();
		await page.getByRole('button', { name: 'Alle 44 selecteren' }).click();
		await expectSelected(page, 50);
		await page.getByRole('link', { name: "Bulk: maak LeerID's aan" }).click();
		const zip = await saveAndPrint(page);
		expect(zip.suggestedFilename()).toMatch(/^50 leerlingen \d{4}-\d\d-\d\d\.zip$/);
		await expect(page.getByText(/^50 LeerID's zijn gemaakt/)).toBeVisible();
		const printed = await readPrintedZip(zip, publicKey);
		expect(printed.names).toEqual([
			'brieven-a4.pdf',
			'stickers-L7160.pdf',
			'stickers-L7163.pdf',
			'stickers-L4770.pdf',
			'aanmeldgegevens.xlsx'
		]);
		expect(Object.keys(printed.passwords)).toHaveLength(50);
		for (const password of Object.values(printed.passwords)) {
			expect(password).toMatch(/^(?=.{6}$)\d{0,3}[a-z]{3}\d{0,3}$/);
		}
		return printed;
	});

	const renewed = await test.step('renew some of them', async () => {
		await chooseFilter(page, 'Status', ['Actief']);
		await expectRows(page, 50);
		const boxes = rowBoxes(pupilTable(page));
		await boxes.nth(0).click();
		await boxes.nth(9).click({ modifiers: ['Shift'] });
		await page.getByRole('link', { name: 'Vernieuw wachtwoord' }).click();
		const zip = await saveAndPrint(page);
		await expect(page.getByText(/^10 wachtwoorden zijn vernieuwd/)).toBeVisible();
		const printed = await readPrintedZip(zip, publicKey);
		expect(Object.keys(printed.passwords)).toHaveLength(10);
		for (const [userName, password] of Object.entries(printed.passwords)) {
			expect(created.passwords[userName]).toBeDefined();
			expect(created.passwords[userName]).not.toBe(password);
			expect(created.codes[userName]).not.toBe(printed.codes[userName]);
		}
		return printed;
	});

	await test.step('reload, unlock, and find everything', async () => {
		await page.reload();
		await signIn(page);
		await expectRows(page, 2003);
		await chooseFilter(page, 'Status', ['Actief']);
		await expectRows(page, 50);
		await openPage(page, 'Kaarten');
		const runs = page.getByRole('grid', { name: 'Kaarten' });
		await expect(runs.getByRole('row', { name: /50 leerlingen/ })).toContainText('Opgeslagen');
		const download = page.waitForEvent('download');
		await page.getByRole('button', { name: 'Opnieuw afdrukken: 10 leerlingen' }).click();
		const again = await readPrintedZip(await download, publicKey);
		expect(again.passwords).toEqual(renewed.passwords);
		expect(again.codes).toEqual(renewed.codes);
	});

	await test.step('nothing of it can be read at rest', async () => {
		const { stored, foreignCached } = await readAtRest(page);
		expect(foreignCached).toEqual([]);
		const people = [...roster.pupils, ...roster.guardians];
		expect(
			leaks(stored, [
				...people.flatMap(({ givenName, familyName }) => [givenName, familyName]),
				...roster.pupils.flatMap(({ pupilNumber, nationalNumber, groupName, birthDate }) => [
					...[pupilNumber, nationalNumber, groupName, birthDate]
						.filter((text) => !!text)
						.map(String)
				]),
				...['Mary', 'Jones', 'mary.jones', 'Introduction to Physics'],
				...Object.entries({ ...created.passwords, ...renewed.passwords }).flat(),
				...Object.values(created.passwords),
				...Object.values({ ...created.codes, ...renewed.codes }),
				...Object.values(school),
				recoveryCode
			])
		).toEqual([]);
		expect(leaks(stored, recordKinds, 'whole')).toEqual([]);
	});
});
