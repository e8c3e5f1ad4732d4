import type { ImportPlanning } from '#lib/client/import/planning.svelte.ts';
import {
	choicesForAll,
	reasonOf,
	type Choice,
	type Doubt,
	type DoubtCode,
	type DoubtReason,
	type ImportSubject,
	type PersonOutcome,
	type PlannedPerson
} from '#lib/domain/import/plan.ts';
import { fullNameOf } from '#lib/domain/people/names.ts';
import { fold } from '#lib/domain/kernel/text/fold.ts';
import { changeTexts, doubtTitle, subjectText } from '#lib/i18n/import-text.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import type { Filter } from '#lib/ui/fields/field.ts';

/** One doubt about one person: what the list *Twijfel* is made of. */
export interface DoubtRow {
	readonly person: PlannedPerson;
	readonly doubt: Doubt;
}

/** The doubts of one reason. */
export interface ReasonGroup {
	readonly reason: DoubtReason;
	/** The code that names their choices. */
	readonly code: DoubtCode;
	readonly open: readonly Doubt[];
	readonly decided: readonly Doubt[];
	readonly choices: readonly Choice[];
}

export const outcomes: readonly PersonOutcome[] = [
	'new',
	'changed',
	'doubt',
	'left',
	'unchanged',
	'skipped'
];
const subjects: readonly ImportSubject[] = ['pupil', 'guardian', 'staff'];
type FilterKey = 'subject' | 'field' | 'reason' | 'decided';
const nothingChosen: Readonly<Record<FilterKey, readonly string[]>> = {
	subject: [],
	field: [],
	reason: [],
	decided: []
};

/** The part of an import that is shown: which outcome, and what narrows its list. */
export class Review {
	text = $state('');
	readonly #planning: ImportPlanning;
	/** The outcome that is shown; at first the one that asks for an answer. */
	#outcome = $state.raw<PersonOutcome>('new');
	#chosen = $state.raw(nothingChosen);
	/** By a person's key, which every plan of the same file has again. */
	readonly #searchTexts = new Map<string, string>();

	readonly #people: readonly PlannedPerson[] = $derived.by(() => this.#planning.plan?.people ?? []);
	readonly #doubts: readonly DoubtRow[] = $derived(
		this.#people.flatMap((person) => person.doubts.map((doubt) => ({ person, doubt })))
	);
	/** Persons with a doubt that is still open, the decisions of the last moment included. */
	readonly openDoubts: number = $derived.by(
		() => new Set(this.#doubts.filter((row) => this.#isOpen(row)).map(({ person }) => person)).size
	);
	readonly counts: Readonly<Record<PersonOutcome, number>> = $derived.by(() => {
		const counts = this.#planning.plan?.counts;
		const none = { new: 0, changed: 0, left: 0, unchanged: 0, skipped: 0 };
		return { ...(counts ?? none), doubt: this.openDoubts };
	});
	/** Which kinds of person the file has. */
	readonly subjects: readonly ImportSubject[] = $derived.by(() => {
		const found = new Set(this.#people.map(({ subject }) => subject));
		return subjects.filter((subject) => found.has(subject));
	});
	readonly #ofOutcome: readonly PlannedPerson[] = $derived(
		this.#people.filter(({ outcome }) => outcome === this.outcome)
	);
	readonly people: readonly PlannedPerson[] = $derived(
		this.#ofOutcome.filter((person) => this.#matches(person) && this.#hasField(person))
	);
	/** Of the people shown; kinds of which there are none left out. */
	readonly countsBySubject: readonly (readonly [ImportSubject, number])[] = $derived.by(() => {
		const counts = new Map<ImportSubject, number>();
		for (const { subject } of this.people) counts.set(subject, (counts.get(subject) ?? 0) + 1);
		return [...counts];
	});
	readonly doubts: readonly DoubtRow[] = $derived(
		this.#doubts.filter((row) => this.#matches(row.person) && this.#hasReason(row))
	);
	readonly reasons: readonly ReasonGroup[] = $derived.by(() => {
		const byReason = new Map<DoubtReason, { code: DoubtCode; rows: DoubtRow[] }>();
		for (const row of this.#doubts) {
			const reason = reasonOf(row.doubt);
			const held = byReason.get(reason);
			if (held) held.rows.push(row);
			else byReason.set(reason, { code: row.doubt.code, rows: [row] });
		}
		return [...byReason].map(([reason, { code, rows }]) => ({
			reason,
			code,
			open: rows.filter((row) => this.#isOpen(row)).map(({ doubt }) => doubt),
			decided: rows.filter((row) => !this.#isOpen(row)).map(({ doubt }) => doubt),
			choices: [...new Set(rows.flatMap(({ doubt }) => choicesForAll(doubt)))]
		}));
	});
	readonly filters: readonly Filter[] = $derived.by(() => [
		...(this.subjects.length > 1 ? [this.#subjectFilter()] : []),
		...(this.outcome === 'changed' ? [this.#fieldFilter()] : []),
		...(this.outcome === 'doubt' ? [this.#reasonFilter(), this.#decidedFilter()] : [])
	]);

	constructor(planning: ImportPlanning) {
		this.#planning = planning;
		const order = ['doubt', 'new', 'changed', 'left'] as const;
		this.#outcome = order.find((each) => this.counts[each] > 0) ?? 'unchanged';
	}

	get outcome(): PersonOutcome {
		return this.#outcome;
	}

	show(outcome: PersonOutcome): void {
		this.#outcome = outcome;
	}

	/** Names the list as it is narrowed now: a change of it starts at the top again. */
	get view(): string {
		return JSON.stringify([this.outcome, this.text, this.#chosen]);
	}

	get narrowed(): boolean {
		return this.text !== '' || this.filters.some(({ values }) => values.length > 0);
	}

	choose(key: string, values: readonly string[]): void {
		this.#chosen = { ...this.#chosen, [key]: values };
	}

	clear(): void {
		this.text = '';
		this.#chosen = nothingChosen;
	}

	/** The next open doubt behind this one in the list, else the first there is. */
	nextOpen(id: string): DoubtRow | undefined {
		const at = this.doubts.findIndex(({ doubt }) => doubt.id === id);
		const order = [...this.doubts.slice(at + 1), ...this.doubts.slice(0, Math.max(at, 0))];
		return order.find((row) => this.#isOpen(row));
	}

	#isOpen({ person, doubt }: DoubtRow): boolean {
		if (this.#planning.choiceOf(doubt) !== null) return false;
		// A person who is skipped for one reason is not asked about the others.
		return !person.doubts.some((other) => this.#planning.choiceOf(other) === 'skip');
	}

	#matches(person: PlannedPerson): boolean {
		const { subject } = this.#chosen;
		if (subject.length > 0 && !subject.includes(person.subject)) return false;
		const words = fold(this.text).split(' ');
		return words.every((word) => word === '' || this.#searchText(person).includes(word));
	}

	#searchText(person: PlannedPerson): string {
		let text = this.#searchTexts.get(person.key);
		if (text === undefined) {
			text = fold(`${fullNameOf(person.name)} ${person.number} ${person.groupName}`);
			this.#searchTexts.set(person.key, text);
		}
		return text;
	}

	#hasField({ changes }: PlannedPerson): boolean {
		const { field } = this.#chosen;
		if (this.outcome !== 'changed' || field.length === 0) return true;
		return changes.some((change) => field.includes(`${change.kind}.${change.field}`));
	}

	#hasReason(row: DoubtRow): boolean {
		const { reason, decided } = this.#chosen;
		if (reason.length > 0 && !reason.includes(reasonOf(row.doubt))) return false;
		return decided.length !== 1 || decided[0] === (this.#isOpen(row) ? 'open' : 'decided');
	}

	#subjectFilter(): Filter {
		const options = this.subjects.map((value) => ({ value, label: subjectText(value) }));
		return { key: 'subject', label: m.import_col_subject(), options, values: this.#chosen.subject };
	}

	#fieldFilter(): Filter {
		const counts = new Map<string, { label: string; count: number }>();
		for (const { changes } of this.#ofOutcome) {
			for (const change of changes) {
				const value = `${change.kind}.${change.field}`;
				const held = counts.get(value);
				if (held) held.count++;
				else counts.set(value, { label: changeTexts(change).label, count: 1 });
			}
		}
		const options = [...counts].map(([value, counted]) => ({ value, ...counted }));
		return { key: 'field', label: m.import_filter_field(), options, values: this.#chosen.field };
	}

	#reasonFilter(): Filter {
		const options = this.reasons.map(({ reason, open, decided }) => ({
			value: reason,
			label: doubtTitle(reason),
			count: open.length + decided.length
		}));
		return { key: 'reason', label: m.import_filter_reason(), options, values: this.#chosen.reason };
	}

	#decidedFilter(): Filter {
		const options = [
			{ value: 'open', label: m.import_filter_open() },
			{ value: 'decided', label: m.import_filter_decided() }
		];
		return {
			key: 'decided',
			label: m.import_filter_state(),
			options,
			values: this.#chosen.decided
		};
	}
}
