import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanText } from './clean-text.ts';
import { readPeople } from '../file/testing.ts';

describe('cleanText', () => {
	it.each([
		['  Jan   de \t Wit\r\n', 'Jan de Wit'],
		['An\u202ena\u2066 Wit\u2069', 'Anna Wit'],
		['\ufeffEva\u0000\u001b\u007f\u0085 Post\u00ad\u200bma', 'Eva Postma'],
		['Jo\u200dris\u200c', 'Joris'],
		['Noor \ud800', 'Noor'],
		['Zoë Þórsdóttir-Łuczak', 'Zoë Þórsdóttir-Łuczak']
	])('takes out of %j what has no shape', (text, cleaned) => {
		expect(cleanText(text)).toBe(cleaned);
	});

	it('leaves the joiners that a name is spelt with', () => {
		expect(cleanText('علی\u200cرضا')).toBe('علی\u200cرضا');
		expect(cleanText('ක්\u200dරිෂාන්')).toBe('ක්\u200dරිෂාන්');
	});

	it('has nothing left to do the second time', () => {
		const unit = fc.constantFrom(
			...'aé ع\u0301',
			'\u200c',
			'\u200d',
			'\u202e',
			'\u0007',
			'\ud800',
			'\n'
		);
		fc.assert(
			fc.property(fc.string({ unit }), (text) => {
				const once = cleanText(text);
				expect(cleanText(once)).toBe(once);
			})
		);
	});
});

describe('a name that turns the direction of writing', () => {
	const turned = 'An\u202ena';

	it.each([
		['a table', `Stamnummer;Voornaam;Naam\n1;${turned};Wit\n`],
		[
			'EDEXML',
			`<EDEX><leerlingen><leerling key="1"><achternaam>Wit</achternaam><roepnaam>${turned}</roepnaam></leerling></leerlingen></EDEX>`
		]
	])('is set right in %s', (_, text) => {
		expect(readPeople(text).pupils[0]?.givenName).toBe('Anna');
	});

	it('is set right in OneRoster', () => {
		const users = [
			'sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password',
			`s1,active,,TRUE,org,student,anna,,${turned},Wit,,1,,,,,,`
		].join('\n');
		expect(readPeople(users).pupils[0]?.givenName).toBe('Anna');
	});
});
