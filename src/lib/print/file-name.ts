import type { IsoDate } from '#lib/domain/kernel/ids.ts';

const longest = 80;

/** `Groep 5A 2026-11-21.zip`: the selection and the date, without what some file system forbids. */
export function zipName(title: string, date: IsoDate): string {
	return `${safeName(title)} ${date}.zip`;
}

/** `Jan van der Berg 2026-11-21.pdf`, the same of a single paper. */
export function pdfName(title: string, date: IsoDate): string {
	return `${safeName(title)} ${date}.pdf`;
}

function safeName(title: string): string {
	const safe = [...title.normalize('NFC').replace(/[\p{C}<>:"/\\|?*]+/gu, ' ')]
		.slice(0, longest)
		.join('')
		.replace(/\s+/g, ' ')
		.replace(/^[\s.]+|[\s.]+$/g, '');
	return safe || 'aanmeldgegevens';
}

/** `stickers-Herma-4677.pdf` */
export function stickersName(sheetId: string): string {
	return `stickers-${sheetId.replace(/[^A-Za-z0-9]+/g, '-')}.pdf`;
}

export const lettersName = 'brieven-a4.pdf';
export const spreadsheetName = 'aanmeldgegevens.xlsx';
