import { describe, expect, it } from 'vitest';
import type { IsoDate } from '../kernel/ids.ts';
import { maySee, scopesFor } from '../registry/scopes.ts';
import {
	administratorWith,
	pupilActor,
	pupilRecord,
	TestSchool,
	today
} from '../testing/test-school.ts';
import {
	bring,
	familySchool,
	guardianAccount,
	guardianActor,
	guardianshipRecord
} from './test-family.ts';

const dayBefore = '2026-11-20';

/** The child turns eighteen today; a sister is twelve. */
function grownUp(): TestSchool {
	const school = familySchool();
	const sister = pupilRecord('sister');
	bring(school, { kind: 'pupilIdentity', id: 'child', birthDate: '2008-11-21', sex: 'X' });
	bring(school, sister, { kind: 'pupilIdentity', id: 'sister', birthDate: '2014-01-05', sex: 'V' });
	bring(school, guardianshipRecord('father', 'sister'));
	school.make('account.create@1', { account: guardianAccount('father') });
	school.withLeerId('child');
	return school;
}

function seenByFather(school: TestSchool, date: IsoDate): string[] {
	const held = scopesFor(guardianActor('father'), school.state, date);
	return [...school.state.all('pupil')].filter((pupil) => maySee(held, pupil)).map(({ id }) => id);
}

const self = { actor: pupilActor('leerId-child') };

describe('at eighteen', () => {
	it('a child closes on the birthday itself, and brothers and sisters stay', () => {
		const school = grownUp();
		expect(seenByFather(school, dayBefore)).toEqual(['child', 'sister']);
		expect(seenByFather(school, today)).toEqual(['sister']);
	});

	it('counts the official birth date where the package gives no other', () => {
		const school = grownUp();
		const names = { givenName: 'A', familyName: 'B', sex: null };
		bring(school, { kind: 'pupilIdentity', id: 'child', birthDate: null, sex: null });
		expect(seenByFather(school, today)).toEqual(['child', 'sister']);
		bring(school, { kind: 'pupilOfficial', id: 'child', ...names, birthDate: '2008-11-21' });
		expect(seenByFather(school, today)).toEqual(['sister']);
	});

	it('the pupil opens it, and closes it again', () => {
		const school = grownUp();
		const choose = (allowed: boolean) =>
			school.make('guardianAccess.choose@1', { pupilId: 'child', allowed }, self);
		expect(choose(true)).toBeNull();
		expect(seenByFather(school, today)).toEqual(['child', 'sister']);
		expect(choose(false)).toBeNull();
		expect(seenByFather(school, today)).toEqual(['sister']);
	});

	it('what the pupil chose is not undone by who is no longer one here', () => {
		const school = grownUp();
		school.make('guardianAccess.choose@1', { pupilId: 'child', allowed: true }, self);
		const [entry] = [...school.state.all('history')].slice(-1);
		if (!entry) throw new Error('No history');
		const left = { ...self, today: '2030-09-01' };
		expect(school.undo(entry.uid, [], left)).toEqual({ code: 'notAllowed' });
		expect(school.undo(entry.uid, [], self)).toBeNull();
	});

	it('nobody opens it for another, and nobody before it is closed', () => {
		const school = grownUp();
		const args = { pupilId: 'child', allowed: true };
		for (const actor of [
			guardianActor('father'),
			pupilActor('leerId-x'),
			administratorWith('leerId')
		]) {
			expect(school.make('guardianAccess.choose@1', args, { actor })).toEqual({
				code: 'notAllowed'
			});
		}
		expect(school.make('guardianAccess.choose@1', args, { ...self, today: dayBefore })).toEqual({
			code: 'notOfAge'
		});
	});

	it('the administration opens it with the pupil’s consent, and not over what they said since', () => {
		const school = grownUp();
		const record = (consent: string, seen: string | null) =>
			school.make('guardianAccess.record@1', { pupilId: 'child', allowed: true, consent, seen });
		expect(record(' ', null)).toEqual({ code: 'invalidValue', field: 'consent' });
		expect(record('Gezegd aan de balie', null)).toBeNull();
		expect(seenByFather(school, today)).toEqual(['child', 'sister']);
		const seen = school.state.get('guardianAccess', 'child')?.decidedAt ?? null;
		school.make('guardianAccess.choose@1', { pupilId: 'child', allowed: false }, self);
		expect(record('Gezegd aan de balie', seen)).toMatchObject({ code: 'changedMeanwhile' });
		expect(seenByFather(school, today)).toEqual(['sister']);
	});
});

describe('a parent', () => {
	it('without authority sees no child, and without the address not the address', () => {
		const school = grownUp();
		const held = () => scopesFor(guardianActor('father'), school.state, dayBefore);
		bring(school, guardianshipRecord('father', 'sister', { authority: false }));
		expect(seenByFather(school, dayBefore)).toEqual(['child']);
		bring(school, guardianshipRecord('father', 'sister', { addressVisible: false }));
		expect(held().has('pupil/sister/name')).toBe(true);
		expect(held().has('pupil/sister/contact')).toBe(false);
		expect(held().has('pupil/child/contact')).toBe(true);
		expect(held().has('pupil/child/credential')).toBe(false);
	});

	it('reads nothing of the other parent', () => {
		const school = grownUp();
		const held = scopesFor(guardianActor('father'), school.state, dayBefore);
		const links = [...school.state.all('guardianship')].filter((link) => maySee(held, link));
		expect(links.every(({ guardianId }) => guardianId === 'father')).toBe(true);
		expect(links).toHaveLength(2);
		const guardians = [...school.state.all('guardian')].filter((each) => maySee(held, each));
		expect(guardians.map(({ id }) => id)).toEqual(['father']);
	});
});
