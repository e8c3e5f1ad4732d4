import { beforeAll, describe, expect, it } from 'vitest';
import type { CodeReader } from '../code-reader.ts';
import { cardLikeText, codeSheet } from './code-sheet.ts';
import { frameSize, photograph, type Shot } from './photograph.ts';

/** The contract of every reader of QR codes, whichever runs in a browser. */
export function contractOfReader(name: string, start: () => Promise<CodeReader | null>): void {
	describe(`the ${name} reader`, () => {
		let reader: CodeReader;

		beforeAll(async () => {
			const started = await start();
			if (!started) throw new Error('it does not start');
			reader = started;
		});

		const shot = (text: string, how: Partial<Shot>) => {
			const sheet = codeSheet(text);
			return photograph(sheet, { at: sheet.middle, scale: 14, noise: 4, ...how }, 1);
		};

		it.each<[string, Partial<Shot>]>([
			['held straight', {}],
			['upside down', { roll: 180 }],
			['on its side', { roll: 90 }],
			['a little aslant', { roll: 8, pitch: 10 }],
			['in dim light', { light: 0.45 }]
		])('reads a card’s code %s', async (_, how) => {
			const text = cardLikeText(7);
			expect(await reader.read(shot(text, how))).toBe(text);
		});

		it('reads other codes too, letter by letter', async () => {
			const text = 'https://mijn.leerid.be/süheda.čarabin?x=1&y=2';
			expect(await reader.read(shot(text, {}))).toBe(text);
		});

		it('finds nothing where there is nothing', async () => {
			const empty = codeSheet('x');
			const away = { at: { x: 500, y: 500 }, scale: 14, noise: 30 };
			expect(await reader.read(photograph(empty, away, 2))).toBeNull();
		});

		it('finds nothing in a code of which half is missing', async () => {
			const { x, y } = codeSheet(cardLikeText(1)).middle;
			const cut = shot(cardLikeText(1), { at: { x: x + frameSize.width / 14 / 2, y } });
			expect(await reader.read(cut)).toBeNull();
		});

		it('reads, of neighbours on a sheet, the one in the middle', async () => {
			const texts = [cardLikeText(1), cardLikeText(2), cardLikeText(3)];
			const sheet = codeSheet(...texts);
			const { x, y } = sheet.middle;
			for (const [at, text] of texts.entries()) {
				const frame = photograph(sheet, { at: { x: x * (2 * at + 1), y }, scale: 12 }, 3);
				expect(await reader.read(frame)).toBe(text);
			}
		});

		it('leaves the picture as it is', async () => {
			const frame = shot(cardLikeText(7), {});
			const before = frame.data.slice();
			await reader.read(frame);
			expect(frame.data).toEqual(before);
		});
	});
}
