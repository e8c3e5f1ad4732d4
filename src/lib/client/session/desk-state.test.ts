import { expect, test, vi } from 'vitest';
import { DeskKey, DeskState } from './desk-state.ts';
import { testSession } from './test-session.ts';

class Flow {
	ended = 0;

	dispose(): void {
		this.ended++;
	}
}

function setUp() {
	const { session } = testSession();
	const make = vi.fn(() => new Flow());
	return { session, make, flow: new DeskKey(make), desk: new DeskState(session) };
}

test('a thing is made when it is first asked for, with the session, and kept after that', () => {
	const { session, make, flow, desk } = setUp();
	expect(make).not.toHaveBeenCalled();
	const kept = desk.keep(flow);
	expect(desk.keep(flow)).toBe(kept);
	expect(make.mock.calls).toEqual([[session]]);
});

test('another key, and another session, keep a thing of their own', () => {
	const { session, make, flow, desk } = setUp();
	const things = [desk.keep(flow), desk.keep(new DeskKey(make)), new DeskState(session).keep(flow)];
	expect(new Set(things).size).toBe(3);
});

test('a lock ends everything that is kept, once, and nothing can be kept after it', () => {
	const { make, flow, desk } = setUp();
	const things = [desk.keep(flow), desk.keep(new DeskKey(make))];
	desk.dispose();
	desk.dispose();
	expect(things.map(({ ended }) => ended)).toEqual([1, 1]);
	expect(() => desk.keep(flow)).toThrow('has ended');
});
