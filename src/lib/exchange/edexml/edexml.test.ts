import { describe, expect, it } from 'vitest';
import { bytesOf, problemOf, readPeople } from '../file/testing.ts';

const edex = `<?xml version="1.0" encoding="UTF-8"?>
<EDEX xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<school><schooljaar>2026-2027</schooljaar><brincode>99XX</brincode><xsdversie>2.1</xsdversie></school>
<groepen>
<groep key="g1"><naam>Groep 8 &amp; Co</naam><jaargroep>8</jaargroep></groep>
<samengestelde_groep key="c1"><naam>Plusklas</naam></samengestelde_groep>
</groepen>
<leerlingen>
<leerling key="60351">
<achternaam>Berg</achternaam><voorvoegsel>van der</voorvoegsel><voornamen>Johannes Maria</voornamen>
<roepnaam>Jan</roepnaam><geboortedatum>2014-11-07</geboortedatum><geslacht>1</geslacht>
<nieuwelement><diep>iets</diep></nieuwelement>
<samengestelde_groepen><samengestelde_groep key="c1"/></samengestelde_groepen><groep key="g1"/>
<bsn>269326728</bsn><postcodenl>1234AB</postcodenl><instroomdatum>2018-08-01</instroomdatum>
</leerling>
<leerling key="60352">
<achternaam>Öz</achternaam><roepnaam>Aylin</roepnaam><geboortedatum>2014-02-30</geboortedatum>
<geslacht>2</geslacht><samengestelde_groepen><samengestelde_groep key="c1"/></samengestelde_groepen>
<uitstroomdatum>2027-01-31</uitstroomdatum>
</leerling>
</leerlingen>
<leerkrachten>
<leerkracht key="T1"><achternaam>Maes</achternaam><roepnaam>Els</roepnaam><rol>LRK</rol>
<groepen><groep key="g1"/></groepen></leerkracht>
</leerkrachten>
</EDEX>`;

describe('EDEXML', () => {
	const roster = readPeople(edex);

	it('says its version', () => {
		expect(roster.format).toBe('EDEXML 2.1');
	});

	it('gives pupils, of whom 1 is a boy and 2 a girl', () => {
		expect(roster.pupils).toMatchObject([
			{
				pupilNumber: '60351',
				givenName: 'Jan',
				namePrefix: 'van der',
				familyName: 'Berg',
				groupName: 'Groep 8 & Co',
				birthDate: '2014-11-07',
				sex: 'M',
				nationalNumber: '269326728',
				official: { givenName: 'Johannes Maria', familyName: 'van der Berg' },
				contact: { postcode: '1234AB' },
				enrolledFrom: '2018-08-01',
				enrolledTo: null,
				line: 9
			},
			{
				pupilNumber: '60352',
				namePrefix: '',
				groupName: 'Plusklas',
				birthDate: null,
				sex: 'V',
				nationalNumber: '',
				enrolledTo: '2027-01-31',
				unreadable: [{ field: 'birthDate', text: '2014-02-30' }]
			}
		]);
		expect(roster.pupils[0]?.contact).not.toHaveProperty('street');
	});

	it('gives teachers with their groups', () => {
		expect(roster.staff).toMatchObject([
			{ staffNumber: 'T1', givenName: 'Els', job: 'Leerkracht', groupNames: ['Groep 8 & Co'] }
		]);
	});

	it('is read in the encoding that it declares', () => {
		const text = edex.replace('UTF-8', 'ISO-8859-1');
		const bytes = Uint8Array.from(text, (char) => char.charCodeAt(0));
		expect(readPeople(bytes).pupils[1]?.familyName).toBe('Öz');
	});
});

it('reads the answer of a UWLR service, with prefixes and in an envelope', () => {
	const answer = `<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"><SOAP-ENV:Body><le:leerlinggegevens_antwoord xmlns:le="http://www.edustandaard.nl/leerresultaten/2/leerlinggegevens"><le:leerlinggegevens><le:school><le:xsdversie>2.3</le:xsdversie></le:school><le:groepen><le:groep key="H1A"><le:naam>H1A</le:naam></le:groep></le:groepen><le:leerlingen><le:leerling eckid="x" key="L1"><le:achternaam>Demo</le:achternaam><le:roepnaam>Leerling</le:roepnaam><le:groep key="H1A"/></le:leerling></le:leerlingen></le:leerlinggegevens></le:leerlinggegevens_antwoord></SOAP-ENV:Body></SOAP-ENV:Envelope>`;
	const roster = readPeople(answer);
	expect(roster.format).toBe('UWLR 2.3');
	expect(roster.pupils).toMatchObject([
		{ pupilNumber: 'L1', familyName: 'Demo', groupName: 'H1A' }
	]);
});

describe('XML that is not to be trusted', () => {
	it('is refused where it is cut off, with the line', () => {
		expect(problemOf(bytesOf(edex.slice(0, edex.indexOf('<nieuwelement>'))))).toMatchObject({
			code: 'broken',
			kind: 'XML',
			line: 12
		});
	});

	it('is never followed to another file, nor unfolded', () => {
		const doctype =
			'<!DOCTYPE EDEX [<!ENTITY secret SYSTEM "file:///etc/passwd"><!ENTITY lol "ha"><!ENTITY lots "&lol;&lol;&lol;">]>';
		for (const entity of ['&secret;', '&lots;']) {
			const text = edex.replace('<EDEX', `${doctype}<EDEX`).replace('Öz', entity);
			expect(problemOf(bytesOf(text))).toMatchObject({ code: 'broken', kind: 'XML' });
		}
	});

	it('is refused where elements lie in elements without end', () => {
		const deep = `<EDEX>${'<a>'.repeat(100_000)}`;
		expect(problemOf(bytesOf(deep))).toMatchObject({ code: 'broken', kind: 'XML' });
	});

	it('is named for what it is when it is something else', () => {
		expect(
			problemOf(bytesOf('<?xml version="1.0"?><dossier><naam>x</naam></dossier>'))
		).toMatchObject({
			code: 'otherKind',
			found: 'otherXml'
		});
	});
});
