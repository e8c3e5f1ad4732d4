import { unzipSync } from 'fflate';
import { readSheet } from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import { sampleCard, sampleJob } from '../testing/sample-job.ts';
import { makeSpreadsheet } from './spreadsheet.ts';

const dangerous = ['=1+1', '+cmd|calc', '-2+3', '@SUM(A1)', '\tx', '\rx', '<b>&"\'', 'a\u0001b'];

async function rowsOf(blob: Blob) {
	return readSheet(Buffer.from(await blob.arrayBuffer()));
}

describe('makeSpreadsheet', () => {
	it('holds every card as another program reads it', async () => {
		const job = sampleJob(40, ['word', 'image', 'temporary'], []);
		const [header, ...rows] = await rowsOf(await makeSpreadsheet(job));
		expect(header).toEqual([
			'Groep',
			'Stamnummer',
			'Naam',
			'LeerID',
			'Gebruikersnaam',
			'Soort wachtwoord',
			'Wachtwoord',
			'Aanmeldadres'
		]);
		expect(rows).toHaveLength(40);
		job.cards.forEach((card, i) => {
			expect(rows[i]?.[1]).toBe(card.pupilNumber);
			expect(rows[i]?.[2]).toBe(card.pupilName);
			expect(rows[i]?.[4]).toBe(card.userName);
			if (card.secret.kind !== 'image') expect(rows[i]?.[6]).toBe(card.secret.text);
		});
	});

	it('leaves what looks like a formula inert text', async () => {
		const cards = dangerous.map((pupilName, i) => ({
			...sampleCard(i, 'word'),
			pupilName,
			groupName: pupilName
		}));
		const blob = await makeSpreadsheet({ ...sampleJob(0, [], []), cards });
		const files = unzipSync(new Uint8Array(await blob.arrayBuffer()));
		const sheet = new TextDecoder().decode(files['xl/worksheets/sheet1.xml']);
		expect(sheet).not.toMatch(/<f[ >]/);
		const cells = [...sheet.matchAll(/<c [^>]*>/g)].map(([cell]) => cell);
		expect(cells).toHaveLength((dangerous.length + 1) * 8);
		for (const cell of cells) expect(cell).toMatch(/ t="inlineStr"/);
		expect(new TextDecoder().decode(files['xl/styles.xml'])).toContain('numFmtId="49"');
		const [, ...rows] = await rowsOf(blob);
		expect(rows[0]?.[2]).toBe('=1+1');
		expect(rows[6]?.[2]).toBe('<b>&"\'');
		expect(rows[7]?.[2]).toBe('ab');
	});
});
