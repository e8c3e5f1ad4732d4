import { expect, test } from 'vitest';
import { asMail, isAddress } from './letter.ts';
import { confirmAddressLetter, resetLetter } from './letters.ts';

const reset = {
	link: 'https://school.example/wachtwoord#abc.def',
	refuseLink: 'https://school.example/dit-ben-ik-niet#abc.def',
	until: '2026-11-23T09:30:00.000Z',
	ip: '192.0.2.7'
};
const sender = { school: 'De <Regenboog>', contact: 'mevrouw Peeters' };

test('a reset says why, until when, from where, and how to refuse it, in the language of who gets it', () => {
	const dutch = asMail(
		resetLetter(reset, sender, { language: 'nl', name: 'J. van der Berg' }),
		'ouder@example.org',
		'nl'
	);
	expect(dutch.subject).toBe('Wachtwoord wijzigen voor De <Regenboog>');
	for (const part of [
		'Beste J. van der Berg,',
		'Wachtwoord wijzigen:\nhttps://school.example/wachtwoord#abc.def',
		'tot 23 november 2026 om 10:30.',
		'192.0.2.7',
		'Dit ben ik niet:\nhttps://school.example/dit-ben-ik-niet#abc.def',
		'mevrouw Peeters'
	]) {
		expect(dutch.text).toContain(part);
	}
	const english = asMail(
		resetLetter(reset, sender, { language: 'en', name: null }),
		'a@b.nl',
		'en'
	);
	expect(english.text).toContain('until 23 November 2026 at 10:30.');
	expect(english.html).toContain('<html lang="en">');
});

test('in HTML a name is text, whatever it holds', () => {
	const letter = confirmAddressLetter(
		{ link: 'https://school.example/e-mail-bevestigen#a"b', until: reset.until },
		sender,
		{ language: 'nl', name: '<img src=x onerror=alert(1)>' }
	);
	const { html } = asMail(letter, 'a@b.nl', 'nl');
	expect(html).not.toContain('<img');
	expect(html).toContain('De &lt;Regenboog&gt;');
	expect(html).toContain('href="https://school.example/e-mail-bevestigen#a&quot;b"');
});

test('a subject stays one line', () => {
	const letter = { subject: 'Hallo\r\nBcc: iemand@elders.nl\u2028\tx', parts: [] };
	expect(asMail(letter, 'a@b.nl', 'nl').subject).toBe('Hallo Bcc: iemand@elders.nl x');
});

test.each([
	['ouder@example.org', true],
	['o.u+der@sub.example.org', true],
	['jürgen@bücher.example', true],
	['', false],
	['a@b@c', false],
	['a@b.nl, c@d.nl', false],
	['Jan <a@b.nl>', false],
	['a@b.nl\r\nBcc: c@d.nl', false],
	['a@b.nl\0', false],
	['a"b@c.nl', false]
])('%j is an address: %s', (text, expected) => {
	expect(isAddress(text)).toBe(expected);
});
