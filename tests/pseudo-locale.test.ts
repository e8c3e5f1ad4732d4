import { expect, test } from 'vitest';
import { allLanguages } from '#lib/domain/kernel/languages.ts';
import {
	compilePseudo,
	pseudoMessages,
	pseudoSentence,
	pseudoTag,
	type Sentences
} from './support/pseudo-locale.ts';

const { nl, pseudo } = await compilePseudo();

/** Fills in, for every input, its own name; for a count that number. */
function filledIn(sentences: Sentences, key: string, count: number): string {
	const inputs = new Proxy(
		{},
		{ get: (_, name) => (name === 'count' ? count : `‹${String(name)}›`) }
	);
	return sentences[key]?.(inputs) ?? '';
}

/** Names of what was filled in. */
function inputsOf(sentence: string): string[] {
	return [...sentence.matchAll(/‹\w+›|\d+/g)].map(([found]) => found).toSorted();
}

test('a sentence is longer, accented and between brackets, and keeps its inputs', () => {
	expect(pseudoSentence('Menu van {name}')).toBe('[Méêñúû váâñ {name}]');
	const length = (text: string) => text.replaceAll(/\{\w+\}/g, '').length;
	const sentences = Object.keys(nl).map((key) => filledIn(nl, key, 2));
	const [before, after] = [sentences, sentences.map(pseudoSentence)].map((all) =>
		all.reduce((sum, text) => sum + length(text), 0)
	);
	expect((after ?? 0) / (before ?? 1)).toBeGreaterThan(1.3);
});

test('every variant of a plural is kept', () => {
	const message = {
		declarations: ['input count', 'local countPlural = count: plural'],
		selectors: ['countPlural'],
		match: { 'countPlural=one': '1 dag', 'countPlural=other': '{count} dagen' }
	};
	expect(pseudoMessages({ day: [message] })).toEqual({
		day: [
			{
				...message,
				match: { 'countPlural=one': '[1 dáâg]', 'countPlural=other': '[{count} dáâgéêñ]' }
			}
		]
	});
});

test('every message compiles in it, and keeps its inputs', () => {
	const keys = Object.keys(nl);
	expect(keys.length).toBeGreaterThan(1000);
	expect(Object.keys(pseudo)).toEqual(keys);
	const lost = keys.filter((key) =>
		[1, 2].some((count) => {
			const [dutch, said] = [filledIn(nl, key, count), filledIn(pseudo, key, count)];
			return !/^\[.*\]$/s.test(said) || inputsOf(dutch).join() !== inputsOf(said).join();
		})
	);
	expect(lost).toEqual([]);
});

test('nobody can choose it', () => {
	expect(allLanguages.map(String)).not.toContain(pseudoTag);
});
