import { expect, test } from 'vitest';
import { TestSchool } from '#lib/domain/testing/test-school.ts';
import { testSession } from '../session/test-session.ts';
import { groupFilter, statusFilter } from './filters.ts';

const school = new TestSchool();
const groups = ['10', '2', '1'].map((number) => {
	return { kind: 'group' as const, id: `group-${number}`, name: `Groep ${number}` };
});

test('groups are those that a row is in, in the order of their names, with how many', () => {
	const { session } = testSession(school);
	const [group] = session.state.all('group');
	if (!group) throw new Error('The test school has a group');
	school.state.apply({ puts: groups.map((each) => ({ ...group, ...each })), removes: [] });
	const filter = groupFilter<readonly string[]>(session, (row) => row);
	const rows = [['group-10', 'group-2'], ['group-2', 'group-2'], []];
	expect(filter.options(rows)).toEqual([
		{ value: 'group-2', label: 'Groep 2', count: 2 },
		{ value: 'group-10', label: 'Groep 10', count: 1 }
	]);
});

test('a status can be chosen whether a row has it or not', () => {
	const filter = statusFilter<string, 'on' | 'off'>(
		(row) => (row === '' ? 'off' : 'on'),
		['on', 'off'],
		(status) => status.toUpperCase()
	);
	expect(filter.options([])).toEqual([
		{ value: 'on', label: 'ON' },
		{ value: 'off', label: 'OFF' }
	]);
	expect([filter.of(''), filter.of('a')]).toEqual([['off'], ['on']]);
});
