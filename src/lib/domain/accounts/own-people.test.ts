import { describe, expect, it } from 'vitest';
import {
	administrator,
	enrolmentRecord,
	pupilRecord,
	teacher,
	today
} from '../testing/test-school.ts';
import { sightOf } from '../registry/sight.ts';
import { childrenOf, groupsOf } from './own-people.ts';
import {
	bring,
	familySchool,
	guardianAccount,
	guardianActor,
	guardianshipRecord
} from './test-family.ts';

const father = guardianActor('father');

function family() {
	const school = familySchool();
	bring(school, guardianAccount('father'));
	bring(
		school,
		pupilRecord('sister', { givenName: 'Aisha' }),
		guardianshipRecord('father', 'sister')
	);
	const born = (id: string, birthDate: string) =>
		bring(school, { kind: 'pupilIdentity', id, birthDate, sex: null });
	born('child', '2008-11-22');
	born('sister', '2014-01-05');
	return school;
}

describe('Mijn kinderen', () => {
	const names = (date: string, school = family()) => {
		const { children, ofAge, onRequest } = childrenOf(
			school.state,
			father,
			sightOf(school.state, father, date)
		);
		return [children.map(({ pupil }) => pupil.givenName), ofAge, onRequest];
	};

	it('holds every child, by name', () => {
		expect(names(today)).toEqual([['Abdulghani', 'Aisha'], 0, 0]);
	});

	it('closes a child on the eighteenth birthday on a device that heard nothing of it', () => {
		expect(names('2026-11-22')).toEqual([['Aisha'], 1, 0]);
	});

	it('counts a child whose records have left the device', () => {
		const school = family();
		school.state.apply({ puts: [], removes: [{ kind: 'pupil', id: 'child' }] });
		expect(names(today, school)).toEqual([['Aisha'], 1, 0]);
	});

	it('opens again once the child has said so', () => {
		const school = family();
		const decidedAt = school.at(0);
		bring(school, { kind: 'guardianAccess', id: 'child', allowed: true, consent: null, decidedAt });
		expect(names('2026-11-22', school)).toEqual([['Abdulghani', 'Aisha'], 0, 0]);
	});

	it('tells apart who is informed on request', () => {
		const school = family();
		bring(school, guardianshipRecord('father', 'sister', { authority: false }));
		expect(names(today, school)).toEqual([['Abdulghani'], 0, 1]);
	});

	it('is nobody’s but a guardian’s', () => {
		const { state } = family();
		const seen = sightOf(state, administrator, today);
		expect(childrenOf(state, administrator, seen).children).toEqual([]);
	});
});

describe('Mijn groepen', () => {
	function taught() {
		const school = familySchool();
		bring(school, { kind: 'group', id: 'group-2', name: '2de leerjaar' });
		bring(school, { kind: 'group', id: 'group-10', name: '10de groep' });
		bring(school, pupilRecord('late', { groupId: 'group-2' }), enrolmentRecord('late'));
		bring(school, pupilRecord('left', { groupId: 'group-2' }));
		bring(school, enrolmentRecord('left', { to: '2026-10-01' }));
		const account = { ...guardianAccount('x'), id: teacher.id, guardianId: null };
		bring(school, { ...account, role: 'teacher', groupIds: ['group-10', 'group-2'] });
		return school;
	}

	it('are in order, with the pupils who are enrolled', () => {
		const { state } = taught();
		const groups = groupsOf(state, teacher, sightOf(state, teacher, today));
		expect(groups.map(({ group }) => group.name)).toEqual(['2de leerjaar', '10de groep']);
		expect(groups[0]?.pupils.map(({ id }) => id)).toEqual(['late']);
	});

	it('leave the rest of the school out of sight', () => {
		const sight = sightOf(taught().state, teacher, today);
		expect(sight.get('pupil', 'late')).toBeDefined();
		expect(sight.get('pupil', 'child')).toBeUndefined();
		expect(sight.get('guardian', 'mother')).toBeUndefined();
	});
});
