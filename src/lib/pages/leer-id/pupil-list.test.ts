import { expect, test } from 'vitest';
import { ListOf } from '#lib/client/list/list-of.svelte.ts';
import { testAddress } from '#lib/client/list/test-address.ts';
import { testSession } from '#lib/client/session/test-session.ts';
import { TestSchool } from '#lib/domain/testing/test-school.ts';
import { pupilListOf } from './pupil-list.ts';

/** Three who are enrolled: A has a basic LeerID, B an advanced one, C none. */
function made() {
	const school = new TestSchool('a', 'b', 'c');
	school.withLeerId('a');
	school.withLeerId('b', 'advanced');
	const list = new ListOf(pupilListOf(testSession(school).session), testAddress());
	return { list, shown: () => list.rows.map(({ pupilId }) => pupilId).toSorted() };
}

test('the list is filtered by group, status and type (product.md 32)', () => {
	const { list, shown } = made();
	const [group] = list.filters.find(({ key }) => key === 'groep')?.options ?? [];
	expect(group).toMatchObject({ label: '6de leerjaar', count: 3 });
	list.choose('groep', [group?.value ?? '']);
	expect(shown()).toEqual(['a', 'b', 'c']);
	list.choose('status', ['active']);
	expect(shown()).toEqual(['a', 'b']);
	list.choose('type', ['advanced']);
	expect(shown()).toEqual(['b']);
	list.choose('status', ['none']);
	expect(shown()).toEqual([]);
	list.choose('type', []);
	expect(shown()).toEqual(['c']);
});

test('types stand in order, and who has no account comes last', () => {
	const { list } = made();
	list.sort = { key: 'type', direction: 'ascending' };
	expect(list.rows.map(({ pupilId }) => pupilId)).toEqual(['a', 'b', 'c']);
	list.sort = { key: 'status', direction: 'descending' };
	expect(list.rows[0]?.pupilId).toBe('c');
});

test('the file says what the screen says', () => {
	const { list } = made();
	list.choose('type', ['advanced']);
	const { headings, rows } = list.table;
	expect(headings).toEqual([
		'Stamnummer',
		'Voornaam',
		'Naam',
		'Administratieve groep',
		'Status',
		'Type'
	]);
	expect(rows).toHaveLength(1);
	expect(rows[0]?.slice(3)).toEqual(['6de leerjaar', 'Actief', 'Gevorderd']);
});
