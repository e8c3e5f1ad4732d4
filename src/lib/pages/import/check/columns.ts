import { reasonOf, type PersonOutcome, type PlannedPerson } from '#lib/domain/import/plan.ts';
import { fullNameOf } from '#lib/domain/people/names.ts';
import { formatNumber } from '#lib/i18n/format.ts';
import { changeTexts, doubtTitle, subjectText } from '#lib/i18n/import-text.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import type { Column } from '#lib/ui/table/table.ts';

type PersonColumn = Column<PlannedPerson>;

// Titles are said when they are shown: this may load before the words do.

const line: PersonColumn = {
	key: 'line',
	get title() {
		return m.import_col_line();
	},
	text: (person) => (person.line === undefined ? '' : formatNumber(person.line)),
	sortBy: (person) => person.line ?? 0,
	width: '4.5rem',
	list: 'none',
	figures: true
};
const name: PersonColumn = {
	key: 'name',
	get title() {
		return m.import_col_name();
	},
	text: (person) => personName(person),
	width: 'minmax(10rem, 1.4fr)',
	list: 'title'
};
const subject: PersonColumn = {
	key: 'subject',
	get title() {
		return m.import_col_subject();
	},
	text: (person) => subjectText(person.subject),
	width: '7.5rem',
	list: 'line'
};
const number: PersonColumn = {
	key: 'number',
	get title() {
		return m.import_col_number();
	},
	text: (person) => person.number,
	width: 'minmax(5.5rem, 0.6fr)',
	list: 'line',
	figures: true
};
const group: PersonColumn = {
	key: 'group',
	get title() {
		return m.import_col_group();
	},
	text: (person) => person.groupName,
	width: 'minmax(7rem, 1fr)',
	list: 'line'
};
const reason: PersonColumn = {
	key: 'reason',
	get title() {
		return m.import_col_reason();
	},
	text: (person) => skippedReason(person),
	width: 'minmax(14rem, 2fr)',
	list: 'line'
};

/** The columns of the list of an outcome. `cell` draws what changes. */
export function personColumns(
	outcome: PersonOutcome,
	several: boolean,
	cell: PersonColumn['cell']
): readonly PersonColumn[] {
	const changes: PersonColumn = {
		key: 'changes',
		title: m.import_col_changes(),
		text: (person) => changesText(person),
		cell,
		sortable: false,
		width: 'minmax(16rem, 3fr)',
		list: 'line'
	};
	const who = several ? [name, subject, number] : [name, number];
	if (outcome === 'left') return [...atDesk(who), ...atDesk([group]), changes];
	if (outcome === 'changed') return [line, ...atDesk(who), changes];
	if (outcome === 'skipped') return [line, ...atDesk(who), reason];
	return [line, ...who, group];
}

/** Where there is more to say of a person, a phone shows that and not these. */
function atDesk(columns: readonly PersonColumn[]): PersonColumn[] {
	return columns.map((column) => (column === name ? column : { ...column, list: 'none' }));
}

/** Returns the name of a person; for a guardian of whom the file has none, that it is unknown. */
export function personName({ name }: PlannedPerson): string {
	return fullNameOf(name) || m.app_unknown();
}

/** Why a row is not taken over. */
export function skippedReason({ doubts, subject }: PlannedPerson): string {
	const skipped = doubts.filter(({ chosen }) => chosen === 'skip');
	const reasons = skipped.length > 0 ? skipped : doubts.filter(({ chosen }) => chosen === null);
	if (reasons.length === 0 && subject === 'guardian') return m.import_skipped_guardian();
	return reasons.map((doubt) => doubtTitle(reasonOf(doubt))).join(', ');
}

function changesText({ changes }: PlannedPerson): string {
	return changes
		.map(changeTexts)
		.map(({ label, from, to }) => `${label}: ${from ?? m.app_nothing()} → ${to ?? m.app_nothing()}`)
		.join('; ');
}
