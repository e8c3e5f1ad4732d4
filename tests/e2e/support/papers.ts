import { readFile } from 'node:fs/promises';
import type { Download } from '@playwright/test';
import { unzipSync } from 'fflate';
import { getDocument, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import readExcelFile from 'read-excel-file/node';

/** A user name and its password as they stand on paper or in a cell. */
export interface PrintedCard {
	userName: string;
	/** Names of pictures are joined by `, `. */
	password: string;
}

/** A card on a page of a PDF. */
export interface PlacedCard extends PrintedCard {
	page: number;
	/** Of the word *Gebruikersnaam*, in points from the page's bottom left. */
	x: number;
	y: number;
}

/** The files of a zip that was downloaded, by name. */
export async function unzip(download: Download): Promise<Map<string, Uint8Array>> {
	return new Map(Object.entries(unzipSync(await readFile(await download.path()))));
}

export async function openPdf(bytes: Uint8Array): Promise<PDFDocumentProxy> {
	// A copy: the reader takes what it is given with it to its worker.
	return getDocument({ data: bytes.slice(), verbosity: 0 }).promise;
}

interface Piece {
	text: string;
	x: number;
	y: number;
}

/** The texts of a page, in the order in which they were written. */
export async function textsOf(pdf: PDFDocumentProxy, page: number): Promise<Piece[]> {
	const { items } = await (await pdf.getPage(page)).getTextContent();
	return items.flatMap((item) => {
		if (!('str' in item) || item.str.trim() === '') return [];
		return [{ text: item.str.trim(), x: Number(item.transform[4]), y: Number(item.transform[5]) }];
	});
}

/** Every card in a PDF of letters or stickers, in order, read from its text. */
export async function cardsOf(pdf: PDFDocumentProxy): Promise<PlacedCard[]> {
	const cards: PlacedCard[] = [];
	for (let page = 1; page <= pdf.numPages; page++) {
		const pieces = await textsOf(pdf, page);
		cards.push(...cardsIn(pieces).map((card) => ({ ...card, page })));
	}
	return cards;
}

function cardsIn(pieces: readonly Piece[]): Omit<PlacedCard, 'page'>[] {
	const starts = pieces.flatMap(({ text }, at) => (text === 'Gebruikersnaam' ? [at] : []));
	return starts.map((start) => {
		const rest = pieces.slice(start + 1);
		const caption = rest.findIndex(({ text }) => /^(?:Tijdelijk|Wachtwoord)/.test(text));
		const after = rest[caption]?.text === 'Tijdelijk' ? caption + 2 : caption + 1;
		const { x = 0, y = 0 } = pieces[start] ?? {};
		return {
			...{ x, y },
			userName: joined(rest.slice(0, caption)),
			password: passwordIn(rest.slice(after))
		};
	});
}

/** Letters and digits are one password; names of pictures go on for as long as there are. */
function passwordIn(pieces: readonly Piece[]): string {
	const [first] = pieces;
	if (!first) return '';
	if (/\d/.test(first.text)) return first.text;
	const end = pieces.findIndex(({ text }) => !/^\p{Ll}+$/u.test(text));
	return pieces
		.slice(0, end < 0 ? undefined : end)
		.map(({ text }) => text)
		.join(', ');
}

function joined(pieces: readonly Piece[]): string {
	return pieces.map(({ text }) => text).join('');
}

/** The rows of `aanmeldgegevens.xlsx` under its headings. */
export async function cardsOfExcel(bytes: Uint8Array): Promise<PrintedCard[]> {
	const [sheet] = await readExcelFile(Buffer.from(bytes));
	const [headings = [], ...rows] = sheet?.data ?? [];
	const column = (heading: string) => headings.indexOf(heading);
	const [userName, password] = [column('Gebruikersnaam'), column('Wachtwoord')];
	return rows.map((row) => ({
		userName: String(row[userName]),
		password: String(row[password])
	}));
}

/** User name → password, for comparing papers whatever their order. */
export function passwords(cards: readonly PrintedCard[]): Record<string, string> {
	const sorted = cards.map(({ userName, password }) => [userName, password] as const);
	return Object.fromEntries(sorted.sort(([one], [other]) => (one < other ? -1 : 1)));
}
