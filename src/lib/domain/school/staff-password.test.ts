import { describe, expect, it } from 'vitest';
import { weakOwnPassword, weakStaffPassword } from './staff-password.ts';

const personal = ['Basisschool De Regenboog', 'An Peeters', 'an.peeters'];

describe('the password of a staff account', () => {
	it.each([
		'paard batterij nietje',
		'een lang wachtwoord',
		'zomer-fiets-lamp-23',
		'Vx7#qLm2!pRt',
		'ik eet elke dag drie appels',
		'блакитна парасолька'
	])('may be %s', (password) => {
		expect(weakStaffPassword(password, personal)).toBeNull();
	});

	it.each([
		['kort', 'tooShort'],
		['Vx7#qLm2!pR', 'tooShort'],
		['👩‍🏫👩‍🏫', 'tooShort'],
		['x'.repeat(257), 'tooLong'],
		['aaaaaaaaaaaa', 'repetitive'],
		['abababababababab', 'repetitive'],
		['kaasbroodkaasbrood', 'repetitive'],
		['Wachtwoord123!', 'common'],
		['W@chtw00rd2026', 'common'],
		['Welkom2026!!', 'common'],
		['wachtwoordwachtwoord1', 'common'],
		['123456789012', 'common'],
		['qwertyuiop12', 'common'],
		['azertyuiop2026', 'common'],
		['correct horse battery staple', 'common'],
		['Regenboog2026!', 'personal'],
		['deregenboog-2026', 'personal'],
		['AnPeeters2026', 'personal'],
		['peeters.peeters9', 'personal']
	])('may not be %s', (password, reason) => {
		expect(weakStaffPassword(password, personal)).toBe(reason);
	});
});

describe('the password that a guardian or a pupil chooses', () => {
	it.each(['Fietspomp7', 'drieAppels4', 'Vx7#qLm2'])('may be %s', (password) => {
		expect(weakOwnPassword(password, personal)).toBeNull();
	});

	it.each([
		['Fiets7x', 'tooShort'],
		['fietspomp7', 'noCapital'],
		['Fietspomp', 'noDigit'],
		['Wachtwoord1', 'common'],
		['Zomer2026', 'common'],
		['Qwerty123', 'common'],
		['Peeters2026', 'personal']
	])('may not be %s', (password, reason) => {
		expect(weakOwnPassword(password, personal)).toBe(reason);
	});
});
