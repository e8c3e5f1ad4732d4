import { jsPDF } from 'jspdf';
import JSZip from 'jszip';
import { encode } from 'uqr';
import writeExcelFile from 'write-excel-file/universal';
import type { CardContent } from '#lib/domain/cards/print-job.ts';
import type { CardsJob } from '#lib/print/papers/cards.ts';
import { labelSheet, type LabelSheet } from '#lib/print/cards/label-sheets.ts';

/**
 * The straightforward way to make what `printJob` makes: jsPDF with a `rect` per module of a QR code,
 * uqr, and JSZip deflating. Same papers, same cards, in jsPDF's own typeface (so Latin names only).
 */
export async function printBaseline(job: CardsJob): Promise<Blob> {
	const zip = new JSZip();
	if (job.letters) zip.file('brieven-a4.pdf', lettersPdf(job));
	for (const { id, start } of job.sheets) {
		const sheet = labelSheet(id);
		if (sheet) zip.file(`stickers-${id}.pdf`, stickersPdf(job, sheet, start));
	}
	if (job.spreadsheet) zip.file('aanmeldgegevens.xlsx', await workbook(job));
	return zip.generateAsync({ type: 'blob', compression: 'DEFLATE' });
}

const pictureSize = 5;

const codes = new WeakMap<CardContent, ReturnType<typeof encode>>();

/** Also a straightforward script would make each code once. */
function codeOf(card: CardContent): ReturnType<typeof encode> {
	let code = codes.get(card);
	if (!code) codes.set(card, (code = encode(card.qr, { ecc: 'M', border: 0 })));
	return code;
}

function passwordOf({ secret }: CardContent): string {
	return secret.kind === 'image' ? secret.pictures.join(' ') : secret.text;
}

function lettersPdf(job: CardsJob): ArrayBuffer {
	const pdf = new jsPDF();
	job.cards.forEach((card, i) => {
		if (i > 0) pdf.addPage();
		pdf.setFontSize(13).text(job.schoolName, 25, 26).setFontSize(10).text(job.date, 160, 26);
		pdf.setFontSize(11).text([card.pupilName, 'en ouders of verzorgers', card.groupName], 25, 45);
		pdf.setFontSize(20).text('Je LeerID', 25, 90).setFontSize(10.5);
		pdf.text(pdf.splitTextToSize(body, 160) as string[], 25, 100);
		pdf.rect(25, 220, 160, 57);
		drawCard(pdf, card, 30, 225, 150);
	});
	return pdf.output('arraybuffer');
}

const body = [
	'Beste leerling, beste ouders of verzorgers,',
	'Met een LeerID meld je je aan op de websites waarmee je op school leert, oefent en toetsen maakt. Voor al die websites gebruik je dezelfde gebruikersnaam en hetzelfde wachtwoord. Je vindt ze op de kaart onderaan deze brief.',
	'1. Open op een computer of tablet het adres dat op je kaart staat.',
	'2. Typ je gebruikersnaam. Let op de punt en de cijfers.',
	'3. Typ je wachtwoord precies zoals het op je kaart staat.',
	'Bewaar je kaart goed. Vertel je wachtwoord alleen aan je ouders of verzorgers of aan je leerkracht. Met de QR-code kan de school zien of je kaart nog geldig is. Je wachtwoord staat er niet in.',
	'Ben je je wachtwoord kwijt? Vraag dan aan je leerkracht om een nieuw wachtwoord.'
].join('\n');

function stickersPdf(job: CardsJob, sheet: LabelSheet, start: number): ArrayBuffer {
	const pdf = new jsPDF();
	const perPage = sheet.cols * sheet.rows;
	job.cards.forEach((card, i) => {
		const label = i + start - 1;
		if (i > 0 && label % perPage === 0) pdf.addPage();
		const x = sheet.left + ((label % perPage) % sheet.cols) * sheet.pitchX;
		const y = sheet.top + Math.floor((label % perPage) / sheet.cols) * sheet.pitchY;
		drawCard(pdf, card, x + 2, y + 2, sheet.w - 4);
	});
	return pdf.output('arraybuffer');
}

function drawCard(pdf: jsPDF, card: CardContent, x: number, y: number, width: number): void {
	pdf.setFontSize(9).text(card.pupilName, x, y + 3);
	pdf.setFontSize(6).text(`${card.groupName} ${card.type}`, x, y + 6);
	pdf.text('Gebruikersnaam', x, y + 9).text('Wachtwoord', x, y + 14);
	pdf.setFontSize(8).text(card.userName, x, y + 11.5);
	pdf.setFontSize(9).text(passwordOf(card), x, y + 17);
	pdf.setFontSize(6).text(card.loginAddress, x, y + 20);
	if (card.secret.kind === 'image') {
		card.secret.pictures.forEach((_, i) => pdf.circle(x + i * pictureSize + 2, y + 23, 2, 'F'));
	}
	const { data, size } = codeOf(card);
	const module = 0.33;
	const left = x + width - size * module;
	data.forEach((row, j) =>
		row.forEach((dark, i) => {
			if (dark) pdf.rect(left + i * module, y + j * module, module, module, 'F');
		})
	);
}

async function workbook({ cards }: CardsJob): Promise<ArrayBuffer> {
	const rows = cards.map((card) => {
		const { groupName, pupilNumber, pupilName, userName, loginAddress } = card;
		const values = [groupName, pupilNumber, pupilName, userName, passwordOf(card), loginAddress];
		return values.map((value) => ({ value, type: String }));
	});
	return (await writeExcelFile(rows).toBlob()).arrayBuffer();
}
