import { describe, expect, it } from 'vitest';
import { weakStaffPassword } from './staff-password.ts';

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
