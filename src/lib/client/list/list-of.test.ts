import { SvelteMap } from 'svelte/reactivity';
import { expect, test } from 'vitest';
import { fold } from '#lib/domain/kernel/text/fold.ts';
import { statusColumn } from '#lib/ui/table/table.ts';
import { statusFilter } from './filters.ts';
import { ListChoice } from './list-choice.svelte.ts';
import { ListOf, type ListDeclaration } from './list-of.svelte.ts';
import { testAddress } from './test-address.ts';

const statuses = ['present', 'absent'] as const;

interface Row {
	readonly id: string;
	readonly name: string;
	readonly age: number;
	readonly status: (typeof statuses)[number];
	readonly clubs: readonly string[];
}

const row = (id: string, name: string, more: Partial<Row> = {}): Row => ({
	id,
	name,
	age: 8,
	status: 'present',
	clubs: [],
	...more
});

const rows = [
	row('a', 'Zoë', { age: 10, clubs: ['chess', 'choir'] }),
	row('b', 'Çağla', { age: 9, status: 'absent', clubs: ['choir'] }),
	row('c', 'Ünal', { age: 10 }),
	row('d', 'Emma', { age: 8, status: 'absent' })
];

const clubs = ['chess', 'choir'].map((value) => ({ value, label: value }));

const declared: ListDeclaration<Row> = {
	title: 'Kinderen van vandaag',
	name: 'Kinderen',
	words: { search: 'Zoek', filters: 'Filters', nothingFound: 'Niemand' },
	rows: () => rows,
	rowId: ({ id }) => id,
	columns: [
		{ key: 'name', title: 'Naam', text: ({ name }) => name },
		{ key: 'age', title: 'Jaar', text: ({ age }) => `${age} jaar`, sortBy: ({ age }) => age },
		statusColumn(
			{
				key: 'status',
				title: 'Status',
				order: (one, other) => statuses.indexOf(one.status) - statuses.indexOf(other.status)
			},
			({ status }) => ({ text: status.toUpperCase(), shape: 'full', tone: 'neutral' })
		)
	],
	sort: { key: 'name', direction: 'ascending' },
	searchText: ({ name }) => fold(name),
	filters: [
		statusFilter(
			({ status }) => status,
			statuses,
			(status) => status.toUpperCase()
		),
		{ key: 'club', label: 'Club', of: (each) => each.clubs, options: () => clubs }
	]
};

function made(choice?: ListChoice) {
	const address = testAddress();
	const list = new ListOf(declared, address, choice);
	return { list, address, shown: () => list.rows.map(({ id }) => id).join('') };
}

test('rows stand in the declared order, and by another column where that is chosen', () => {
	const { list, shown } = made();
	expect(shown()).toBe('bdca');
	list.sort = { key: 'age', direction: 'ascending' };
	expect(shown()).toBe('dbca');
});

test('rows that another order leaves equal keep the declared one, whichever way it turns', () => {
	const { list, shown } = made();
	list.sort = { key: 'status', direction: 'ascending' };
	expect(shown()).toBe('cabd');
	list.sort = { key: 'status', direction: 'descending' };
	expect(shown()).toBe('bdca');
	list.sort = { key: 'age', direction: 'descending' };
	expect(shown()).toBe('cabd');
});

test('without a declared order the rows stand as they come', () => {
	const list = new ListOf({ ...declared, sort: null }, testAddress());
	expect(list.rows).toBe(rows);
});

test('search and filters add up, and what is found keeps its order', () => {
	const { list, address, shown } = made();
	list.choose('status', ['absent']);
	expect(shown()).toBe('bd');
	list.choose('club', ['chess', 'choir']);
	expect(shown()).toBe('b');
	list.choose('status', []);
	expect(shown()).toBe('ba');
	list.text = 'cagla';
	expect(shown()).toBe('b');
	expect(list.all).toHaveLength(4);
	list.showAll();
	expect([shown(), list.text, address.values('club')]).toEqual(['bdca', '', []]);
});

test('it says whether and by what it is narrowed', () => {
	const { list } = made();
	expect([list.narrowed, list.narrowedBy]).toEqual([false, []]);
	list.choose('status', ['absent', 'present']);
	list.text = ' emma ';
	expect(list.narrowed).toBe(true);
	expect(list.narrowedBy).toEqual(['“emma”', 'Status: PRESENT, ABSENT']);
	expect(list.filters.map(({ key, values }) => [key, values])).toEqual([
		['status', ['absent', 'present']],
		['club', []]
	]);
});

test('what is searched, filtered or sorted otherwise is another view', () => {
	const { list } = made();
	const views = [list.view];
	list.text = 'e';
	views.push(list.view);
	list.choose('club', ['choir']);
	views.push(list.view);
	list.choose('club', []);
	list.choose('status', ['absent']);
	views.push(list.view);
	list.sort = { key: 'name', direction: 'descending' };
	views.push(list.view);
	expect(new Set(views).size).toBe(5);
});

test('what is ticked stays so behind a filter, and is counted', () => {
	const { list } = made();
	list.selection.toggle('a');
	list.choose('status', ['absent']);
	list.selectAll();
	expect(list.selected.map(({ id }) => id)).toEqual(['b', 'd', 'a']);
	expect(list.hiddenSelected).toBe(1);
	list.showAll();
	expect(list.hiddenSelected).toBe(0);
});

test('what was typed and ticked is there again for who kept it', () => {
	const choice = new ListChoice();
	const before = made(choice);
	before.list.text = 'zo';
	before.list.selection.toggle('a');
	const { list, shown } = made(choice);
	expect([shown(), list.selection.count]).toEqual(['a', 1]);
	expect(made().list.text).toBe('');
});

test('a file has the columns and the rows that are shown, as they read', () => {
	const { list } = made();
	list.choose('status', ['absent']);
	list.sort = { key: 'age', direction: 'ascending' };
	expect(list.table).toEqual({
		name: 'Kinderen',
		headings: ['Naam', 'Jaar', 'Status'],
		rows: [
			['Emma', '8 jaar', 'ABSENT'],
			['Çağla', '9 jaar', 'ABSENT']
		]
	});
});

test('the school changing changes the list, and what is chosen stays', () => {
	const school = new SvelteMap(rows.map((each) => [each.id, each]));
	const list = new ListOf({ ...declared, rows: () => [...school.values()] }, testAddress());
	list.choose('status', ['absent']);
	expect(list.rows).toHaveLength(2);
	school.set('e', row('e', 'Aad', { status: 'absent' }));
	expect(list.rows.map(({ id }) => id)).toEqual(['e', 'b', 'd']);
});
