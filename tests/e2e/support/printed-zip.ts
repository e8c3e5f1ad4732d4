import { expect, type Download } from '@playwright/test';
import { codesByUserName, codesOf } from './codes.ts';
import { cardsOf, cardsOfExcel, openPdf, passwords, unzip } from './papers.ts';
import { checkCode } from './signatures.ts';

/** The facts that all papers of a zip say alike, by user name. */
export interface PrintedZip {
	names: readonly string[];
	passwords: Readonly<Record<string, string>>;
	codes: Readonly<Record<string, string>>;
}

/**
 * Reads a zip as a school would check it: every paper holds the same user names with the same
 * passwords, and beside each the same code, signed by the school. In bulk the Excel file too.
 *
 * @param publicKey the school's, raw in base64
 */
export async function readPrintedZip(download: Download, publicKey: string): Promise<PrintedZip> {
	const files = await unzip(download);
	const papers = [...files].filter(([name]) => name.endsWith('.pdf'));
	const excel = files.get('aanmeldgegevens.xlsx');
	let read: Omit<PrintedZip, 'names'> | undefined;
	for (const [name, bytes] of papers) {
		const pdf = await openPdf(bytes);
		const cards = await cardsOf(pdf);
		const codes = codesByUserName(cards, await codesOf(pdf));
		await pdf.loadingTask.destroy();
		const paper = { passwords: passwords(cards), codes };
		read ??= paper;
		expect({ name, ...paper }).toEqual({ name, ...read });
	}
	if (!read) throw new Error('No paper in the zip');
	expect(Object.keys(read.codes)).toEqual(Object.keys(read.passwords));
	const cardIds = Object.values(read.codes).map((text) => checkCode(text, publicKey).cardId);
	expect(new Set(cardIds).size).toBe(cardIds.length);
	if (excel) expect(passwords(await cardsOfExcel(excel))).toEqual(read.passwords);
	return { names: [...files.keys()], ...read };
}
