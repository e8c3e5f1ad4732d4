import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { crc32, makeZip } from './zip.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('makeZip', () => {
	it('is read back by another program, deflated and stored', async () => {
		const text = 'stickers '.repeat(5000);
		const blob = await makeZip(
			[
				{ name: 'a.pdf', chunks: [bytes(text), bytes('end')], deflate: true },
				{ name: 'b.xlsx', chunks: [bytes('stored')], deflate: false }
			],
			'2026-11-21'
		);
		const files = unzipSync(new Uint8Array(await blob.arrayBuffer()));
		expect(new TextDecoder().decode(files['a.pdf'])).toBe(`${text}end`);
		expect(new TextDecoder().decode(files['b.xlsx'])).toBe('stored');
		expect(blob.size).toBeLessThan(600);
	});
});

describe('crc32', () => {
	it('has the check value of the standard', () => {
		expect(crc32([bytes('1234'), bytes('56789')])).toBe(0xcbf43926);
	});
});
