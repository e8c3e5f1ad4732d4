import { unzipSync } from 'fflate';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { beforeAll, expect, it } from 'vitest';
import { CannotPrint } from '../paper.ts';
import { nodeAssets } from '../testing/node-assets.ts';
import { sampleNames } from '../testing/sample-job.ts';
import { TextEngine } from '../text/engine.ts';
import { accountLetters, type AccountLetter, type AccountLetterJob } from './account-letters.ts';

let engine: TextEngine;

beforeAll(async () => {
	engine = await TextEngine.start(nodeAssets);
});

const letter: AccountLetter = {
	reader: 'guardian',
	name: 'Jan van der Berg',
	addressLines: ['Kerkstraat 12', '9000 Gent'],
	children: ['Noor van der Berg (5A)', 'Sam van der Berg (2B)'],
	userName: 'jvanderberg',
	password: 'pgu9J7Zn'
};

const job: AccountLetterJob = {
	schoolName: 'Basisschool De Zonnebloem',
	locale: 'nl',
	title: 'Groep 5A',
	date: '2026-11-21',
	signInAddress: 'zonnebloem.example.org',
	letters: [letter],
	offset: { x: 0, y: 0 }
};

async function pagesOf(pdf: Uint8Array): Promise<string[]> {
	const loading = getDocument({ data: Uint8Array.from(pdf), verbosity: 0 });
	const document = await loading.promise;
	const pages: string[] = [];
	for (let i = 1; i <= document.numPages; i++) {
		const { items } = await (await document.getPage(i)).getTextContent();
		pages.push(items.map((item) => ('str' in item ? item.str : '')).join(' '));
	}
	await loading.destroy();
	return pages;
}

async function print(made: AccountLetterJob) {
	const { blob, fileName } = await accountLetters.make(engine, made, () => {});
	return { fileName, bytes: new Uint8Array(await blob.arrayBuffer()) };
}

it('one letter is a PDF that says where, for whom, and what to type', async () => {
	const { bytes, fileName } = await print(job);
	expect(fileName).toBe('Groep 5A 2026-11-21.pdf');
	const [page = '', ...others] = await pagesOf(bytes);
	expect(others).toHaveLength(0);
	for (const text of [
		'Jan van der Berg',
		'Kerkstraat 12',
		'9000 Gent',
		'Noor van der Berg (5A) en Sam van der Berg (2B)',
		'Basisschool De Zonnebloem',
		'jvanderberg',
		'pgu9J7Zn',
		'zonnebloem.example.org',
		'Beste ouder of verzorger,'
	]) {
		expect(page).toContain(text);
	}
});

it('several are one PDF in a zip, a page each, with nobody’s password on another’s', async () => {
	const letters = sampleNames.map((name, index): AccountLetter => {
		const reader = index % 5 === 0 ? 'staff' : 'guardian';
		return { ...letter, reader, name, userName: `user${index}x`, password: `Pass${index}word` };
	});
	const { bytes, fileName } = await print({ ...job, letters });
	expect(fileName).toBe('Groep 5A 2026-11-21.zip');
	const pages = await pagesOf(unzipSync(bytes)['brieven-a4.pdf'] ?? new Uint8Array());
	expect(pages).toHaveLength(letters.length);
	for (const [index, page] of pages.entries()) {
		const found = letters.filter(({ password }) => page.includes(password));
		expect(found).toEqual([letters[index]]);
		expect(page).toContain(`user${index}x`);
		expect(page).toContain(index % 5 === 0 ? 'Beste collega,' : 'Beste ouder of verzorger,');
	}
});

it('a user name is never shortened: the longest fits, and what cannot fit is said', async () => {
	const userName = 'abcdefghij'.repeat(6) + 'abcd';
	const { bytes } = await print({ ...job, letters: [{ ...letter, userName }] });
	const [page = ''] = await pagesOf(bytes);
	expect(page.replaceAll(' ', '')).toContain(userName);
	const endless = { ...letter, userName: userName.repeat(20) };
	await expect(print({ ...job, letters: [endless] })).rejects.toThrow(CannotPrint);
});
