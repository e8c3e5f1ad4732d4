import type { Id, Json } from '../kernel/ids.ts';
import type { Staff } from '../people/kinds.ts';
import { askMissingName, askTooLong, askUnreadable, without } from './check-row.ts';
import { DoubtList } from './doubt-list.ts';
import { askHolder } from './holders/ask-holder.ts';
import type { Comparison } from './holders/comparison.ts';
import { freedNumber } from './holders/freed-number.ts';
import { namedStaff } from './holders/named-person.ts';
import type { StaffHolders } from './holders/staff-holders.ts';
import { outcomeOf } from './outcome.ts';
import { nameKey, nameOf } from './person-names.ts';
import type { Choice, PlannedPerson } from './plan.ts';
import type { PlanContext } from './plan-context.ts';
import { PersonDiff, textOf } from './record-diff.ts';
import type { RosterStaff } from './roster.ts';

/** A member of staff with more groups than this is no member of staff. */
const maxGroups = 500;

/** Finds the member of staff that a row is about. */
export class StaffMatcher {
	readonly #context: PlanContext;
	readonly #holders: StaffHolders;
	readonly #taken = new Set<string>();

	constructor(context: PlanContext, { staff }: Comparison) {
		this.#context = context;
		this.#holders = staff;
	}

	match(row: RosterStaff, doubts: DoubtList): Staff | undefined {
		this.#askNumberTwice(row, doubts);
		const { state, sourceOf } = this.#context;
		const holder = this.#holders.holder(row);
		if (holder && this.#holders.isAboutHolder(row)) return holder;
		if (holder) {
			const chosen = this.#askHolder(row, holder, doubts);
			if (chosen === 'samePerson') return this.#take(holder);
			if (chosen !== 'differentPerson') return undefined;
		}
		const [base] = row.sourceKey
			? state.find('importBaseBySource', `staff:${sourceOf(row.sourceKey)}`)
			: [];
		const bySource = base && state.get('staff', base.id);
		for (const [other, by] of [
			[bySource, 'source'],
			[this.#holders.named(row), 'name']
		] as const) {
			if (!other || other === holder || this.#holders.isHeld(other)) continue;
			if (!this.#taken.has(`id ${other.id}`)) return this.#askOther(row, other, by, doubts);
		}
		if (row.staffNumber === '') doubts.ask({ code: 'missingNumber' }, ['skip']);
		this.#askTwiceInFile(row, doubts);
		return undefined;
	}

	#askTwiceInFile(row: RosterStaff, doubts: DoubtList): void {
		const others = this.#holders.rowsByName
			.at(nameKey(row))
			.filter((other) => other.staffNumber !== row.staffNumber);
		if (others.length === 0) return;
		const lines = others.map(({ line }) => line);
		doubts.ask({ code: 'twiceInFile', lines }, ['differentPerson', 'skip']);
	}

	#askNumberTwice(row: RosterStaff, doubts: DoubtList): void {
		const number = row.staffNumber;
		const rows = this.#holders.rowsByNumber.at(number);
		if (rows.length < 2) return;
		const lines = rows.filter((other) => other !== row).map(({ line }) => line);
		const details = { code: 'numberUsedTwice', number, lines } as const;
		const allows = (choice: string) => choice === 'skip' || !this.#taken.has(number);
		if (doubts.ask(details, ['takeFile', 'skip'], allows) === 'takeFile') this.#taken.add(number);
	}

	#askOther(
		row: RosterStaff,
		other: Staff,
		by: 'source' | 'name',
		doubts: DoubtList
	): Staff | undefined {
		const chosen = doubts.ask(
			{
				code: 'otherNumber',
				by,
				otherId: other.id,
				otherName: nameOf(other),
				otherNumber: other.staffNumber,
				otherGroupName: ''
			},
			row.staffNumber === '' ? ['samePerson', 'skip'] : ['samePerson', 'differentPerson', 'skip']
		);
		return chosen === 'samePerson' ? this.#take(other) : undefined;
	}

	#askHolder(row: RosterStaff, holder: Staff, doubts: DoubtList): Choice | null {
		const { staffNumber } = holder;
		const elsewhere = this.#holders.rowsByName
			.at(nameKey(holder))
			.filter((other) => other.staffNumber !== staffNumber);
		return askHolder(this.#context, doubts, {
			code: 'anotherPerson',
			holder: namedStaff(holder),
			known: holder,
			said: row,
			lines: elsewhere.map(({ line }) => line),
			freedNumber: freedNumber(staffNumber, (number) => this.#holders.isNumber(number)),
			allows: (choice) => choice !== 'samePerson' || !this.#taken.has(`id ${holder.id}`)
		});
	}

	#take(staff: Staff): Staff {
		this.#taken.add(`id ${staff.id}`);
		return staff;
	}
}

/** Plans one row about a member of staff. */
export function planStaff(
	context: PlanContext,
	matcher: StaffMatcher,
	row: RosterStaff,
	index: number
): PlannedPerson {
	const { state } = context;
	const key = `staff:${index}`;
	const doubts = new DoubtList(key, context.decisions);
	const staff = matcher.match(row, doubts);
	const id = staff?.id ?? context.newId();
	const base = state.get('importBase', id) ?? null;
	const diff = new PersonDiff(doubts, base);
	writeStaff(context, row, { id, staff, doubts }, diff);
	const sourceKey = context.sourceOf(row.sourceKey || row.staffNumber);
	diff.base(base, { id, subject: 'staff', sourceKey });
	return {
		key,
		subject: 'staff',
		...outcomeOf(doubts, diff, staff !== undefined),
		id,
		name: nameOf(row),
		number: row.staffNumber,
		groupName: (row.groupNames ?? []).join(', '),
		file: row.file,
		line: row.line
	};
}

const needed = new Set(['sourceKey', 'staffNumber', 'givenName', 'familyName', 'groupNames']);

function writeStaff(
	{ groups }: PlanContext,
	row: RosterStaff,
	facts: { readonly id: Id; readonly staff: Staff | undefined; readonly doubts: DoubtList },
	diff: PersonDiff
): void {
	const { id, staff, doubts } = facts;
	const named = { ...row, ...nameOf(row) };
	askUnreadable(named, staff, doubts);
	const keepsName = askMissingName(named, staff, doubts);
	const { staffNumber, givenName, namePrefix, familyName, email, job, groupNames } = row;
	const texts = { staffNumber, givenName, namePrefix, familyName, email, job };
	const longest = (groupNames ?? []).reduce((a, b) => (b.length > a.length ? b : a), '');
	const dropped = askTooLong(
		{ ...texts, sourceKey: row.sourceKey, groupNames: longest },
		needed,
		doubts
	);
	if ((groupNames?.length ?? 0) > maxGroups) {
		const length = groupNames?.length ?? 0;
		doubts.ask({ code: 'valueTooLong', field: 'groupIds', length }, ['skip']);
	}
	const said = {
		...texts,
		staffNumber: staffNumber === '' ? undefined : staffNumber,
		...(keepsName ? { givenName: undefined, namePrefix: undefined, familyName: undefined } : {}),
		groupIds: groupNames
			?.slice(0, maxGroups)
			.map((name) => groups.idOf(name))
			.filter((groupId) => groupId !== null)
	};
	diff.record('staff', id, staff, without(said, dropped), {
		defaults: {
			staffNumber: '',
			givenName: '',
			namePrefix: '',
			familyName: '',
			email: '',
			job: '',
			groupIds: []
		},
		tracked: true,
		fieldName: (field) => (field === 'groupIds' ? 'groupNames' : field),
		display: (field, value) => (field === 'groupIds' ? namesOf(value) : textOf(value))
	});

	function namesOf(value: Json): string {
		const ids = Array.isArray(value) ? (value as Id[]) : [];
		return ids.map((groupId) => groups.nameOf(groupId)).join(', ');
	}
}
