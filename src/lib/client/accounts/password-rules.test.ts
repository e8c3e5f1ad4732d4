import fc from 'fast-check';
import { expect, test } from 'vitest';
import { weakOwnPassword, weakStaffPassword } from '#lib/domain/school/staff-password.ts';
import { OwnPasswordForm } from './own-password.svelte.ts';
import { ownPasswordRules, passwordRules } from './password-rules.ts';

const unmet = (password: string) =>
	ownPasswordRules(password, ['De Regenboog', 'Els Janssens'])
		.filter(({ met }) => !met)
		.map(({ text }) => text);

test('what a parent still has to do is shown while they type', () => {
	expect(unmet('')).toHaveLength(5);
	expect(unmet('sneeuw')).toEqual(expect.arrayContaining(['8 tekens of meer', 'een hoofdletter']));
	expect(unmet('Sneeuwpop')).toEqual(expect.arrayContaining(['een cijfer']));
	expect(unmet('Sneeuwpop')).not.toContain('8 tekens of meer');
	expect(unmet('Sneeuwpop4')).toEqual([]);
});

test('a common password and a name are named as such', () => {
	expect(unmet('Welkom01')).toEqual(['geen wachtwoord dat veel mensen gebruiken']);
	expect(unmet('Janssens1')).toEqual(['niet de eigen naam of die van de school']);
});

test('all rules are met exactly where the school’s rules take the password', () => {
	const personal = ['De Regenboog', 'Els Janssens'];
	const piece = fc.constantFrom(
		'Aa1',
		'Welkom',
		'2026',
		'Janssens',
		'sneeuwpop',
		'Fiets',
		'7',
		'x'
	);
	const password = fc.oneof(
		fc.string({ maxLength: 300 }),
		fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join(''))
	);
	fc.assert(
		fc.property(password, (text) => {
			const own = ownPasswordRules(text, personal).every(({ met }) => met);
			expect(own).toBe(weakOwnPassword(text, personal) === null);
			const staff = passwordRules(text, personal).every(({ met }) => met);
			expect(staff).toBe(weakStaffPassword(text, personal) === null);
		})
	);
});

test('a form says nothing before it is sent, and then what is wrong', () => {
	const form = new OwnPasswordForm(
		() => 'own',
		() => []
	);
	form.password = 'kort';
	expect([form.passwordError, form.againError]).toEqual([null, null]);
	expect(form.check()).toBe(false);
	expect(form.passwordError).toMatch(/nog niet goed/);
	form.password = 'Sneeuwpop4';
	expect([form.passwordError, form.againError]).toEqual([
		null,
		'De twee wachtwoorden zijn niet gelijk.'
	]);
	form.again = 'Sneeuwpop4';
	expect(form.check()).toBe(true);
});
