import { unzipSync } from 'fflate';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { decodeQR } from 'qr/decode.js';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CardContent } from '#lib/domain/cards/print-job.ts';
import { pictureLabel } from '#lib/i18n/picture-name.ts';
import { CannotPrint, type PrintProgress } from '../paper.ts';
import { letterForm } from '../cards/letter.ts';
import { cards, type CardsJob } from './cards.ts';
import { nodeAssets } from '../testing/node-assets.ts';
import { sampleJob } from '../testing/sample-job.ts';
import { TextEngine } from '../text/engine.ts';

const allSheets = ['L7160', 'L7163', 'L4770'];

let engine: TextEngine;

beforeAll(async () => {
	engine = await TextEngine.start(nodeAssets);
});

async function filesOf(job: CardsJob, report: (progress: PrintProgress) => void = () => {}) {
	const { blob } = await cards.make(engine, job, report);
	return unzipSync(new Uint8Array(await blob.arrayBuffer()));
}

/** The text of each page, in the order of the file, as another program reads it. */
async function textOf(pdf: Uint8Array | undefined): Promise<string[]> {
	const loading = getDocument({ data: Uint8Array.from(pdf ?? []), verbosity: 0 });
	const document = await loading.promise;
	const pages: string[] = [];
	for (let i = 1; i <= document.numPages; i++) {
		const { items } = await (await document.getPage(i)).getTextContent();
		pages.push(items.map((item) => ('str' in item ? item.str : '')).join('\n'));
	}
	await loading.destroy();
	return pages;
}

/** Every QR code of a PDF, found as the inline images that they are, and decoded. */
function codesOf(pdf: Uint8Array | undefined): string[] {
	const latin1 = Buffer.from(pdf ?? []).toString('latin1');
	return [...latin1.matchAll(/BI\/W (\d+)\/H \d+\/IM true ID /g)].map((match) => {
		const modules = Number(match[1]);
		const stride = (modules + 7) >> 3;
		const start = match.index + match[0].length;
		const scale = 4;
		const side = (modules + 8) * scale;
		const data = new Uint8Array(side * side * 4).fill(255);
		for (let y = 0; y < modules * scale; y++) {
			for (let x = 0; x < modules * scale; x++) {
				const [column, row] = [Math.floor(x / scale), Math.floor(y / scale)];
				const byte = latin1.charCodeAt(start + row * stride + (column >> 3));
				if ((byte >> (7 - (column & 7))) & 1) continue;
				data.fill(
					0,
					((y + 4 * scale) * side + x + 4 * scale) * 4,
					((y + 4 * scale) * side + x + 4 * scale) * 4 + 3
				);
			}
		}
		return decodeQR({ width: side, height: side, data });
	});
}

function expectCard(text: string, { userName, secret }: CardContent) {
	const lines = text.split('\n');
	expect(lines).toContain(userName);
	if (secret.kind !== 'image') expect(lines).toContain(secret.text);
	else for (const name of secret.pictures) expect(text).toContain(pictureLabel(name, 'nl'));
}

describe('the cards of a print run', { timeout: 30_000 }, () => {
	it('makes a zip of letters, a PDF per sheet, and the spreadsheet', async () => {
		const files = await filesOf(sampleJob(3, ['word'], ['L7160', 'Herma 4677']));
		expect(Object.keys(files)).toEqual([
			'brieven-a4.pdf',
			'stickers-L7160.pdf',
			'stickers-Herma-4677.pdf',
			'aanmeldgegevens.xlsx'
		]);
	});

	it('leaves out what was not asked for', async () => {
		const job = { ...sampleJob(3, ['word'], ['L7160']), letters: false, spreadsheet: false };
		expect(Object.keys(await filesOf(job))).toEqual(['stickers-L7160.pdf']);
	});

	it('writes every user name and password so that they can be read out of the PDFs', async () => {
		const job = sampleJob(63, ['word', 'image', 'temporary'], allSheets);
		const files = await filesOf(job);
		const letters = await textOf(files['brieven-a4.pdf']);
		expect(letters).toHaveLength(63);
		job.cards.forEach((card, i) => expectCard(letters[i] ?? '', card));
		for (const id of allSheets) {
			const text = (await textOf(files[`stickers-${id}.pdf`])).join('\n');
			for (const card of job.cards) expectCard(text, card);
		}
	});

	it('writes every QR code so that it can be decoded', async () => {
		const job = sampleJob(30, ['word', 'image'], ['L4770']);
		const files = await filesOf(job);
		for (const name of ['brieven-a4.pdf', 'stickers-L4770.pdf']) {
			expect(codesOf(files[name])).toEqual(job.cards.map(({ qr }) => qr));
		}
	});

	it('says in a letter that a temporary password must be changed, and in no other', async () => {
		const job = sampleJob(2, ['temporary', 'word'], []);
		const [temporary = '', word = ''] = await textOf((await filesOf(job))['brieven-a4.pdf']);
		const flat = (text: string) => text.replace(/\s+/g, ' ');
		expect(flat(temporary)).toContain('Kies daarna meteen een eigen wachtwoord');
		expect(flat(word)).not.toContain('eigen wachtwoord');
		expect(flat(word)).toContain('21 november 2026');
	});

	it('keeps the words of every letter above the card', async () => {
		await engine.prepare([]);
		for (const locale of ['nl', 'en'] as const) {
			for (const kind of ['word', 'image', 'temporary'] as const) {
				const job = { ...sampleJob(0, [], []), locale, schoolName: 'S'.repeat(70) };
				const marks = letterForm(engine, job, kind).filter(({ kind }) => kind === 'text');
				const body = marks.slice(0, -1);
				const lowest = Math.max(...body.map(({ box }) => box.y + box.h));
				expect(lowest).toBeLessThan(marks.at(-1)?.box.y ?? 0);
			}
		}
	});

	it('stays small', async () => {
		const job = sampleJob(400, ['word', 'image', 'temporary'], allSheets);
		const { blob } = await cards.make(engine, job, () => {});
		expect(blob.size / job.cards.length / 4).toBeLessThan(800);
	});

	it('makes the same bytes of the same job', async () => {
		const job = sampleJob(42, ['word', 'image'], ['L7160']);
		const [first, second] = [await filesOf(job), await filesOf(job)];
		for (const [name, bytes] of Object.entries(first)) {
			expect(Buffer.compare(bytes, second[name] ?? new Uint8Array()), name).toBe(0);
		}
	});

	it('reports how far it is, up to all of it', async () => {
		const seen: PrintProgress[] = [];
		await filesOf(sampleJob(60, ['word'], ['L7160']), (progress) => seen.push(progress));
		expect(seen.map(({ done }) => done)).toEqual(
			[...seen.map(({ done }) => done)].sort((a, b) => a - b)
		);
		expect(seen.at(-1)).toEqual({ done: 180, total: 180 });
	});

	it('refuses a card that its sheet cannot hold, and says whose', async () => {
		const job = sampleJob(3, ['image'], ['L7651']);
		await expect(cards.make(engine, job, () => {})).rejects.toThrow(CannotPrint);
		await expect(cards.make(engine, job, () => {})).rejects.toMatchObject({
			failure: { code: 'sheetTooSmall', sheetId: 'L7651', pupilName: 'Şüheda Carabin' }
		});
	});
});
