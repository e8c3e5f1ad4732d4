import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { smallestModule, smallestType } from '../layout/measures.ts';
import { nodeAssets } from '../testing/node-assets.ts';
import { sampleCard } from '../testing/sample-job.ts';
import { TextEngine } from '../text/engine.ts';
import { classOverview, overviewMarks, pageCount, type OverviewJob } from './class-overview.ts';

let engine: TextEngine;
beforeAll(async () => {
	engine = await TextEngine.start(nodeAssets);
});

function overviewOf(count: number): OverviewJob {
	const cards = Array.from({ length: count }, (_, at) => sampleCard(at, 'word'));
	return {
		schoolName: 'Basisschool De Sleutel',
		groupName: '6A',
		locale: 'nl',
		date: '2026-11-21',
		pupils: cards.map(({ pupilName: name, userName, qr }, at) => ({
			...{ name, userName },
			qr: at % 10 === 9 ? null : qr
		})),
		offset: { x: 0, y: 0 }
	};
}

async function marksOf(job: OverviewJob) {
	await engine.prepare(job.pupils.map(({ name }) => name));
	const pages = Array.from({ length: pageCount(job) }, (_, page) => page);
	return pages.map((page) => overviewMarks(engine, job, page));
}

describe('a class overview', () => {
	it('has a class of 33 on one sheet, and spreads a larger one evenly', async () => {
		expect([0, 1, 33, 34, 70].map((count) => pageCount(overviewOf(count)))).toEqual([
			1, 1, 1, 2, 3
		]);
		const pages = await marksOf(overviewOf(34));
		const codes = pages.map((marks) => marks.filter(({ kind }) => kind === 'qr').length);
		// Every tenth has no card.
		expect(codes).toEqual([16, 15]);
	});

	it.each([1, 5, 25, 33])(
		'of %i keeps its codes readable and its ink on the paper',
		async (count) => {
			for (const mark of (await marksOf(overviewOf(count))).flat()) {
				const { x, y, w, h } = mark.box;
				expect(Math.min(x, y)).toBeGreaterThanOrEqual(10);
				expect(x + w).toBeLessThanOrEqual(200);
				expect(y + h).toBeLessThanOrEqual(287);
				if (mark.kind === 'qr')
					expect(w / mark.code.modules).toBeGreaterThanOrEqual(smallestModule);
				if (mark.kind === 'text')
					for (const { size } of mark.lines)
						expect(size).toBeGreaterThanOrEqual(smallestType - 1e-6);
			}
		}
	);

	it('leaves the white that a reader needs around each code', async () => {
		const marks = (await marksOf(overviewOf(33))).flat();
		for (const mark of marks) {
			if (mark.kind !== 'qr') continue;
			const white = (mark.box.w / mark.code.modules) * 4 - 1e-6;
			for (const { box } of marks.filter((other) => other !== mark)) {
				const apart =
					box.x >= mark.box.x + mark.box.w + white ||
					box.x + box.w <= mark.box.x - white ||
					box.y >= mark.box.y + mark.box.h + white ||
					box.y + box.h <= mark.box.y - white;
				expect(apart, JSON.stringify([mark.box, box, white])).toBe(true);
			}
		}
	});

	it('says every name and user name, who has no card, and no password', async () => {
		const job = overviewOf(12);
		const { blob, fileName } = await classOverview.make(engine, job, () => {});
		expect(fileName).toBe('klasoverzicht 6A 2026-11-21.pdf');
		const loading = getDocument({ data: new Uint8Array(await blob.arrayBuffer()), verbosity: 0 });
		const page = await (await loading.promise).getPage(1);
		const { items } = await page.getTextContent();
		const text = items.map((item) => ('str' in item ? item.str : '')).join(' ');
		await loading.destroy();
		for (const { userName } of job.pupils) expect(text).toContain(userName);
		expect(text).toContain('Klasoverzicht met kaarten 6A');
		expect(text).toContain('12 leerlingen · Zonder wachtwoorden');
		expect(text).toContain('Geen kaart');
		for (const at of job.pupils.keys()) {
			const { secret } = sampleCard(at, 'word');
			if (secret.kind === 'word') expect(text).not.toContain(secret.text);
		}
	});
});
