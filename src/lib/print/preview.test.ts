import { beforeAll, describe, expect, it } from 'vitest';
import { cards, type CardsJob, type CardsPage } from './papers/cards.ts';
import { nodeAssets } from './testing/node-assets.ts';
import { sampleJob } from './testing/sample-job.ts';
import { TextEngine } from './text/engine.ts';

const job = sampleJob(30, ['word', 'image'], []);
const sheet = { kind: 'sheet', id: 'L7160', start: 5 } as const;

let engine: TextEngine;

beforeAll(async () => {
	engine = await TextEngine.start(nodeAssets);
});

async function previewPage(page: CardsPage, made: CardsJob = job) {
	return cards.preview(engine, made, page);
}

describe('a preview of cards', () => {
	it('shows the labels, the taken ones as such, and a code on each of the others', async () => {
		const { items, pageCount } = await previewPage({ ...sheet, page: 0 });
		const labels = items.filter((item) => item.kind === 'label');
		expect(labels.map(({ taken }) => taken)).toEqual(Array.from({ length: 21 }, (_, i) => i < 4));
		expect(items.filter(({ kind }) => kind === 'qr')).toHaveLength(17);
		expect(pageCount).toBe(2);
	});

	it('goes on with the next card on the next page', async () => {
		const { items } = await previewPage({ ...sheet, page: 1 });
		const texts = items.flatMap((item) => (item.kind === 'text' ? [item.text] : []));
		expect(texts).toContain(job.cards[17]?.userName);
		expect(texts).not.toContain(job.cards[16]?.userName);
	});

	it('draws ink within the box that it gives', async () => {
		const { items } = await previewPage({ ...sheet, page: 0 });
		for (const item of items) {
			if (item.kind !== 'text' || !item.d) continue;
			const numbers = (item.d.match(/-?\d+(\.\d+)?/g) ?? []).map(Number);
			const xs = numbers.filter((_, i) => i % 2 === 0);
			const ys = numbers.filter((_, i) => i % 2 === 1);
			expect(Math.min(...xs)).toBeGreaterThan(item.x - 0.4);
			expect(Math.max(...xs)).toBeLessThan(item.x + item.w + 0.4);
			expect(Math.min(...ys)).toBeGreaterThan(item.y - 0.05);
			expect(Math.max(...ys)).toBeLessThan(item.y + item.h + 0.05);
		}
	});

	it('moves ink, and not labels, with the calibration offset', async () => {
		const from = await previewPage({ ...sheet, page: 0 });
		const offJob = { ...job, offset: { x: 2, y: 3 } };
		const to = await previewPage({ ...sheet, page: 0 }, offJob);
		from.items.forEach((item, i) => {
			const moved = to.items[i];
			const by = item.kind === 'label' ? 0 : 2;
			expect((moved?.x ?? 0) - item.x).toBeCloseTo(by);
		});
	});

	it('shows a letter with its card', async () => {
		const { items, pageCount } = await previewPage({ kind: 'letters', page: 1 });
		expect(pageCount).toBe(30);
		const secret = job.cards[1]?.secret;
		const pictures = items.flatMap((item) => (item.kind === 'picture' ? [item.name] : []));
		expect(pictures).toEqual(secret?.kind === 'image' && secret.pictures);
	});
});
