import { afterEach, describe, expect, it } from 'vitest';
import type { Refusal } from '#lib/domain/registry/refusal.ts';
import { SchoolState } from '#lib/domain/registry/state.ts';
import { pupilRecord } from '#lib/domain/testing/test-school.ts';
import { overwriteGetLocale } from './paraglide/runtime.js';
import { refusalText } from './refusal-text.ts';

const id = 'AAAAAAAAAAAAAAAAAAAAAA';
const refusals: readonly Refusal[] = [
	{ code: 'notAllowed' },
	{ code: 'notFound', kind: 'pupil', id },
	{ code: 'alreadyExists', kind: 'leerId', id },
	{
		code: 'changedMeanwhile',
		kind: 'pupil',
		id,
		field: 'givenName',
		mine: 'Janne',
		theirs: null
	},
	{ code: 'userNameTaken', userName: 'janne.peeters' },
	{ code: 'pupilNumberTaken', pupilNumber: '20230411' },
	{ code: 'anotherPerson', kind: 'pupil', id: 'pupil-1' },
	{ code: 'invalidValue', field: 'email' },
	{ code: 'passwordIsPupilsOwn' },
	{ code: 'notEnrolled' },
	{ code: 'overtaken' },
	{ code: 'tooLate' },
	{ code: 'lastAdministrator' },
	{ code: 'mutationTooLarge' },
	{ code: 'failed' }
];

afterEach(() => overwriteGetLocale(() => 'nl'));

describe('refusalText', () => {
	it.each(['nl', 'en'] as const)('has a sentence of its own for every refusal in %s', (locale) => {
		overwriteGetLocale(() => locale);
		const sentences = refusals.map((refusal) => refusalText(refusal));
		expect(new Set(sentences).size).toBe(refusals.length);
		for (const sentence of sentences) expect(sentence).toMatch(/^\p{Lu}.{15,}[.]$/u);
	});
	it('names what is taken', () => {
		overwriteGetLocale(() => 'nl');
		expect(refusalText({ code: 'userNameTaken', userName: 'janne.peeters' })).toContain(
			'janne.peeters'
		);
	});
	it('names whom an import would have made somebody else, where they are known', () => {
		const state = new SchoolState([pupilRecord('p')]);
		const refusal = { code: 'anotherPerson', kind: 'pupilIdentity', id: 'p' } as const;
		expect(refusalText(refusal, state)).toContain('Abdulghani Bogdan');
		expect(refusalText({ ...refusal, id }, state)).toBe(refusalText(refusal));
		// The server takes an import in parts: some of it may be done.
		expect(refusalText(refusal)).not.toContain('niets');
	});
	it('has a sentence for what only a newer server refuses', () => {
		for (const code of ['quotaSpent', 'constructor', '__proto__']) {
			const refusal = { code } as unknown as Refusal;
			expect(refusalText(refusal)).toBe(refusalText({ code: 'failed' }));
		}
	});
	it('never shows an id', () => {
		for (const refusal of refusals) expect(refusalText(refusal)).not.toContain(id);
	});
});
