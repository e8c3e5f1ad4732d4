import { beforeEach, expect, test, vi } from 'vitest';
import { DeskState } from '../session/desk-state.ts';
import { testSession } from '../session/test-session.ts';
import { TestSchool, today } from '#lib/domain/testing/test-school.ts';
import { pupilChoice } from './pupil-choice.svelte.ts';

beforeEach(() => {
	vi.stubGlobal('document', new EventTarget());
	vi.stubGlobal('addEventListener', () => undefined);
	vi.stubGlobal('removeEventListener', () => undefined);
	return () => vi.unstubAllGlobals();
});

/** The choice of a desk, with what was kept of the one before. */
async function opened(kept: unknown) {
	const { session } = testSession(new TestSchool('a', 'b'));
	const written = new Map<string, unknown>();
	const listeners = new Set<() => void>();
	const drafts = {
		get: vi.fn(() => Promise.resolve(kept)),
		set: (key: string, value: unknown) => Promise.resolve(written.set(key, value)),
		remove: (key: string) => Promise.resolve(written.delete(key)),
		beforeClose: (listener: () => void) => {
			listeners.add(listener);
			return () => listeners.delete(listener);
		}
	};
	Object.assign(session, { vault: { ...session.vault, drafts } });
	const desk = new DeskState(session);
	const choice = desk.keep(pupilChoice);
	expect(choice.opened).toBe(false);
	await expect.poll(() => choice.opened).toBe(true);
	return { desk, choice, drafts, listeners, written };
}

test('the ticked pupils and the search are there again after a lock, but for who is no more', async () => {
	const { choice, drafts } = await opened({ day: today, text: 'berg', ids: ['a', 'gone'] });
	// Released versions kept it under this name.
	expect(drafts.get.mock.calls).toEqual([['desk', undefined]]);
	expect(choice.text).toBe('berg');
	expect([...choice.selection.ids]).toEqual(['a']);
});

test('on another day nothing is put back', async () => {
	const { choice } = await opened({ day: '2020-01-01', text: 'berg', ids: ['a'] });
	expect([choice.text, choice.selection.count]).toEqual(['', 0]);
});

test('what is ticked is written at a lock, and the desk lets go of it', async () => {
	const { desk, choice, listeners, written } = await opened(null);
	expect(choice.draft).toBeNull();
	choice.selection.toggle('b');
	choice.only('a');
	expect(listeners.size).toBe(1);
	for (const listener of listeners) listener();
	expect(written.get('desk')).toEqual({ day: today, text: '', ids: ['a'] });
	desk.dispose();
	expect(listeners.size).toBe(0);
});
