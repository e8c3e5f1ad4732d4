import { threadCpuUsage } from 'node:process';
import { describe, expect, it } from 'vitest';
import type { AnyRecord } from '../registry/records.ts';
import { SchoolState } from '../registry/state.ts';
import {
	enrolmentRecord,
	group,
	pupilActor,
	pupilRecord,
	TestSchool,
	today
} from '../testing/test-school.ts';
import { search } from '../kernel/text/search.ts';
import { leerIdOrder, leerIdRows, type LeerIdRow } from './list.ts';
import { officialData } from './official.ts';
import { endingAccounts, selectForCreation, selectForRenewal } from './selection.ts';
import { leerIdStatus } from '../credentials/status.ts';

function rowsOf(...pupils: readonly Parameters<typeof pupilRecord>[1][]) {
	const records = pupils.flatMap((fields, at) => [
		pupilRecord(`p${at}`, fields),
		enrolmentRecord(`p${at}`)
	]);
	return leerIdRows(new SchoolState([group, ...records]), today);
}

/** As large a school as the table must stay quick with. */
function searched(rows: readonly LeerIdRow[], typed: string): readonly LeerIdRow[] {
	return search(rows, typed, ({ keys }) => keys.search);
}

function largeSchool(): SchoolState {
	const records: AnyRecord[] = [];
	const given = ['Süheda', 'Ardalan', 'Pieter-Alexander', 'Łucja', 'Ольга', 'Nguyễn', 'An'];
	const family = ['Carabin', 'Bhatti', 'Bogaert', 'Żółć', 'Щербакова', 'Berg', 'Öztürk', 'Maes'];
	for (let at = 0; at < 10_000; at++) {
		const givenName = given[at % given.length] ?? '';
		const familyName = `${family[at % family.length]}${at % 97}`;
		const fields = {
			givenName,
			familyName,
			groupId: `g${at % 40}`,
			pupilNumber: String(60_000 + at)
		};
		records.push(pupilRecord(`p${at}`, fields), enrolmentRecord(`p${at}`));
	}
	for (let at = 0; at < 40; at++)
		records.push({ kind: 'group', id: `g${at}`, name: `Groep ${at}` });
	return new SchoolState(records);
}

/** Milliseconds of this thread's own work, which others on the machine do not lengthen. */
function bestOf(times: number, work: () => unknown): number {
	const took = Array.from({ length: times }, () => {
		const start = threadCpuUsage();
		work();
		const { user, system } = threadCpuUsage(start);
		return (user + system) / 1000;
	});
	return Math.min(...took);
}

describe('the status of an account', () => {
	it('follows the enrolment, and says when it ends', () => {
		const school = new TestSchool('a');
		expect(leerIdStatus(school.state, 'a', today)).toEqual({
			status: 'none',
			endsOn: '2027-08-31'
		});
		school.withLeerId('a');
		const at = (date: string) => leerIdStatus(school.state, 'a', date).status;
		expect([at('2026-08-01'), at('2027-08-31'), at('2027-09-01')]).toEqual([
			'active',
			'active',
			'inactive'
		]);
	});

	it('is active again once the enrolment is renewed', () => {
		const school = new TestSchool('a');
		school.withLeerId('a');
		const next = enrolmentRecord('a', { id: 'next', from: '2027-09-01', to: '2028-08-31' });
		school.state.apply({ puts: [next], removes: [] });
		expect(leerIdStatus(school.state, 'a', '2027-09-01')).toEqual({
			status: 'active',
			endsOn: '2028-08-31'
		});
	});
});

describe('the table', () => {
	it('has a row for who is enrolled and for who has an account', () => {
		const school = new TestSchool('a', 'b', 'c');
		school.withLeerId('a', 'advanced');
		const left = ['a', 'b'].map((id) =>
			enrolmentRecord(id, { to: '2026-10-01', endReason: 'left' })
		);
		school.state.apply({ puts: left, removes: [] });
		const rows = leerIdRows(school.state, today).sort(leerIdOrder.pupilNumber);
		expect(rows.map(({ pupilId, status, type }) => [pupilId, status, type])).toEqual([
			['a', 'inactive', 'advanced'],
			['c', 'none', null]
		]);
		expect(rows[1]).toMatchObject({
			surname: 'Bogdan',
			groupName: '6de leerjaar',
			endsOn: '2027-08-31'
		});
	});

	it('sorts surnames without tussenvoegsel, marks last', () => {
		const rows = rowsOf(
			{ namePrefix: 'van der', familyName: 'Berg' },
			{ familyName: 'Çelik' },
			{ familyName: 'Celik' },
			{ familyName: 'Aerts' },
			{ familyName: 'Zwart' },
			{ familyName: 'Ünal' }
		);
		const sorted = rows.toSorted(leerIdOrder.name).map(({ surname }) => surname);
		expect(sorted).toEqual(['Aerts', 'van der Berg', 'Celik', 'Çelik', 'Ünal', 'Zwart']);
	});

	it('sorts as a Dutch index does', () => {
		const names = [
			"D'Hondt",
			'De Smet',
			'Desmet',
			'IJzer',
			'Ivens',
			'Öz',
			'Oz',
			'Peeters-Maes',
			'Weiß'
		];
		const rows = rowsOf(...names.map((familyName) => ({ familyName })));
		const collator = new Intl.Collator('nl');
		expect(rows.toSorted(leerIdOrder.name).map(({ surname }) => surname)).toEqual(
			names.toSorted((one, other) => collator.compare(one, other))
		);
	});

	it('sorts numbers as numbers', () => {
		const rows = rowsOf({ pupilNumber: '10' }, { pupilNumber: '9' }, { pupilNumber: '100' });
		const numbers = rows.toSorted(leerIdOrder.pupilNumber).map(({ pupilNumber }) => pupilNumber);
		expect(numbers).toEqual(['9', '10', '100']);
	});

	it.each([
		['suheda', [0]],
		['carabin SÜHEDA', [0]],
		['6035', [0, 1]],
		['van der berg', [1]],
		['olga', [2]],
		['Ольга', [2]],
		['nobody', []]
	])('is searched by %j', (typed, expected) => {
		const rows = rowsOf(
			{ givenName: 'Süheda', familyName: 'Carabin', pupilNumber: '60351' },
			{ givenName: 'Jan', namePrefix: 'van der', familyName: 'Berg', pupilNumber: '60352' },
			{ givenName: 'Ольга', familyName: 'Петрова', pupilNumber: '7', groupId: null }
		);
		const found = searched(rows, typed).map(({ pupilId }) => Number(pupilId.slice(1)));
		expect(found).toEqual(expected);
	});

	it('searches, sorts and makes ten thousand rows without keeping anybody waiting', () => {
		const state = largeSchool();
		const rows = leerIdRows(state, today);
		expect(rows).toHaveLength(10_000);
		// A keystroke has 16 ms in all.
		expect(bestOf(10, () => searched(rows, 'oztu maes 60'))).toBeLessThan(6);
		expect(bestOf(5, () => rows.toSorted(leerIdOrder.name))).toBeLessThan(60);
		expect(bestOf(5, () => leerIdRows(state, today))).toBeLessThan(150);
	});
});

describe('selections', () => {
	it('are divided in three for a renewal', () => {
		const school = new TestSchool('a', 'b', 'c', 'd');
		school.withLeerId('a');
		const leerIdId = school.withLeerId('b', 'advanced');
		school.withLeerId('d');
		const email = [null, 'thomas@ond.vlaanderen.be'] as const;
		school.make('leerId.linkEmail@1', { leerIdId, email }, { actor: pupilActor(leerIdId) });
		school.state.apply({ puts: [enrolmentRecord('d', { to: '2026-10-01' })], removes: [] });
		const ids = ['d', 'c', 'b', 'a', 'gone'];
		const { renewable, linked, withoutAccount } = selectForRenewal(school.state, ids, today);
		expect(renewable.map(({ pupil }) => pupil.id)).toEqual(['a']);
		expect(linked.map(({ maskedEmail }) => maskedEmail)).toEqual(['t*****s@ond.vlaanderen.be']);
		expect(withoutAccount.map(({ id }) => id)).toEqual(['d', 'c']);
	});

	it('say who can get a LeerID and why others can not', () => {
		const school = new TestSchool('a', 'b', 'c');
		school.withLeerId('a');
		school.state.apply({ puts: [enrolmentRecord('b', { to: '2026-10-01' })], removes: [] });
		const { creatable, excluded } = selectForCreation(school.state, ['a', 'b', 'c'], today);
		expect(creatable.map(({ id }) => id)).toEqual(['c']);
		expect(excluded.map(({ pupil, reason }) => [pupil.id, reason])).toEqual([
			['a', 'hasLeerId'],
			['b', 'notEnrolled']
		]);
	});

	it('warn of accounts that end soon, the soonest first', () => {
		const school = new TestSchool('a', 'b', 'c', 'd');
		for (const id of ['a', 'b', 'c']) school.withLeerId(id);
		const ends = { a: '2026-12-20', b: '2026-11-21', d: '2026-11-25' };
		const puts = Object.entries(ends).map(([id, to]) => enrolmentRecord(id, { to }));
		school.state.apply({ puts, removes: [] });
		expect(endingAccounts(school.state, today, 30)).toEqual([
			{ endsOn: '2026-11-21', pupilIds: ['b'] },
			{ endsOn: '2026-12-20', pupilIds: ['a'] }
		]);
		expect(endingAccounts(school.state, today, 28)).toHaveLength(1);
	});
});

describe('official data', () => {
	it('is there, or says why not', () => {
		const { state } = new TestSchool('a');
		expect(officialData(state, 'a')).toEqual({ ok: false, refusal: 'noValidNumber' });
		const number = {
			kind: 'nationalNumber',
			id: 'a',
			scheme: 'bis',
			value: '01490700185'
		} as const;
		state.apply({ puts: [number], removes: [] });
		expect(officialData(state, 'a')).toEqual({ ok: false, refusal: 'missingInPackage' });
		const official = {
			kind: 'pupilOfficial',
			id: 'a',
			givenName: 'Abdulghani',
			familyName: 'Bogdan',
			sex: 'M',
			birthDate: '2010-11-07'
		} as const;
		state.apply({ puts: [official], removes: [] });
		expect(officialData(state, 'a')).toEqual({ ok: true, value: official });
	});
});
