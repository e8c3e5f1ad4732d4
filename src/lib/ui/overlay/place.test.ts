import { describe, expect, it } from 'vitest';
import { placeBeside } from './place.ts';

const window = { width: 1000, height: 600 };
const size = { width: 200, height: 100 };

describe('placeBeside', () => {
	it('goes below the anchor, in line with its left edge', () => {
		const anchor = { left: 50, right: 90, top: 20, bottom: 50 };
		expect(placeBeside(anchor, size, window, 'left')).toMatchObject({ x: 50, y: 54 });
	});
	it('goes above when there is no room below', () => {
		const anchor = { left: 50, right: 90, top: 550, bottom: 590 };
		expect(placeBeside(anchor, size, window, 'left')).toMatchObject({ x: 50, y: 446 });
	});
	it('stays inside the window at the sides', () => {
		const anchor = { left: 950, right: 990, top: 20, bottom: 50 };
		expect(placeBeside(anchor, size, window, 'left').x).toBe(792);
		expect(placeBeside({ ...anchor, left: 0, right: 30 }, size, window, 'right').x).toBe(8);
	});
	it('is no higher than the room there is', () => {
		const anchor = { left: 50, right: 90, top: 200, bottom: 230 };
		const place = placeBeside(anchor, { width: 200, height: 2000 }, window, 'left');
		expect(place).toMatchObject({ y: 234, maxHeight: 358 });
	});
});
