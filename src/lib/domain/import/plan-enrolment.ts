import { schoolYearEnd } from '../kernel/dates.ts';
import type { Enrolment } from '../people/kinds.ts';
import type { Id, IsoDate, Json } from '../kernel/ids.ts';
import type { ImportedRecord } from './imported-record.ts';
import type { FieldChange } from './plan.ts';

export interface EnrolmentFacts {
	readonly pupilId: Id;
	readonly enrolments: readonly Enrolment[];
	/** undefined: the file has no such column; null: it left the cell empty. */
	readonly from: IsoDate | null | undefined;
	readonly to: IsoDate | null | undefined;
	readonly today: IsoDate;
	/** The school's `schoolYearEnd`. */
	readonly yearEnd: string;
	readonly newId: () => Id;
}

/**
 * The changes that a file brings to the enrolments of a pupil who is in it. One ends when the file
 * says, else with the school year it lies in; a pupil who comes back gets a new one (product.md
 * 40).
 */
export function planEnrolment(facts: EnrolmentFacts): ImportedRecord[] {
	const enrolments = [...facts.enrolments].sort((a, b) => (a.from < b.from ? -1 : 1));
	const last = enrolments.reduce<Enrolment | null>(
		(latest, one) => (latest && latest.to > one.to ? latest : one),
		null
	);
	if (!last) return [add(facts, facts.from ?? earliest(facts.today, facts.to))];
	const current = enrolments.find(({ to }) => to >= facts.today);
	return current ? planCurrent(facts, current, enrolments) : planEnded(facts, last, enrolments);
}

/** *Vertrokken*: every enrolment that goes on ends today. */
export function endEnrolments(
	enrolments: readonly Enrolment[],
	today: IsoDate
): { readonly writes: ImportedRecord[]; readonly changes: FieldChange[] } {
	const running = enrolments.filter(({ to }) => to > today);
	return {
		writes: running.map((enrolment) => edit(enrolment, { to: today, endReason: 'left' })),
		changes: running.map(({ to }) => ({ kind: 'enrolment', field: 'to', from: to, to: today }))
	};
}

/** The dates that change, for the preview. */
export function enrolmentChanges(writes: readonly ImportedRecord[]): FieldChange[] {
	return writes.flatMap((write): FieldChange[] => {
		if ('add' in write) {
			const { from, to } = write.add as Enrolment;
			return [
				{ kind: 'enrolment', field: 'from', from: null, to: from },
				{ kind: 'enrolment', field: 'to', from: null, to }
			];
		}
		return Object.entries(write.edit).flatMap(([field, [from, to]]) =>
			field === 'endReason' ? [] : [{ kind: 'enrolment', field, from, to }]
		);
	});
}

function planCurrent(
	facts: EnrolmentFacts,
	current: Enrolment,
	enrolments: readonly Enrolment[]
): ImportedRecord[] {
	const { from, to, today } = facts;
	if (from && from > current.to) {
		const planned = enrolments.find((one) => one.from === from);
		if (!planned) return [add(facts, from)];
		return to && to !== planned.to ? [edit(planned, { to, endReason: 'file' })] : [];
	}
	const wanted: Wanted = {};
	if (from && mayStartAt(from, facts, current, enrolments)) wanted.from = from;
	if (to) {
		if (to !== current.to) Object.assign(wanted, { to, endReason: 'file' });
		if (to < (wanted.from ?? current.from)) wanted.from = to;
	} else if (current.endReason !== 'file' || to === null) {
		const end = schoolYearEnd(latest(today, from), facts.yearEnd);
		const goesOn = current.endReason !== 'schoolYear' || end > current.to;
		if (goesOn && end !== current.to) Object.assign(wanted, { to: end, endReason: 'schoolYear' });
	}
	return Object.keys(wanted).length > 0 ? [edit(current, wanted)] : [];
}

/**
 * Packages often give the day a pupil first came, whatever happened since: that day starts no later
 * enrolment, and a day to come does not stop the one that runs.
 */
function mayStartAt(
	from: IsoDate,
	{ today }: EnrolmentFacts,
	current: Enrolment,
	enrolments: readonly Enrolment[]
): boolean {
	if (enrolments.some((one) => one.from === from)) return false;
	if (from > today && current.from <= today) return false;
	return enrolments.every((one) => one === current || one.to < from || one.from > current.from);
}

function planEnded(
	facts: EnrolmentFacts,
	last: Enrolment,
	enrolments: readonly Enrolment[]
): ImportedRecord[] {
	const { from, to, today } = facts;
	if (!to || to >= today) return [add(facts, from && from > last.to ? from : today)];
	if (enrolments.some((one) => one.to === to)) return [];
	if (from && from > last.to) return [add(facts, from)];
	const meant = enrolments.find((one) => one.from === from) ?? last;
	return to >= meant.from ? [edit(meant, { to, endReason: 'file' })] : [];
}

function add(facts: EnrolmentFacts, from: IsoDate): ImportedRecord {
	const { pupilId, to, today, yearEnd, newId } = facts;
	const end = to
		? ({ to, endReason: 'file' } as const)
		: ({ to: schoolYearEnd(latest(from, today), yearEnd), endReason: 'schoolYear' } as const);
	return { add: { kind: 'enrolment', id: newId(), pupilId, from, ...end } };
}

interface Wanted {
	from?: IsoDate;
	to?: IsoDate;
	endReason?: Enrolment['endReason'];
}

function edit(enrolment: Enrolment, wanted: Wanted): ImportedRecord {
	const fields: Record<string, readonly [Json, Json]> = {};
	for (const field of ['from', 'to', 'endReason'] as const) {
		const value = wanted[field];
		if (value !== undefined && value !== enrolment[field]) {
			fields[field] = [enrolment[field], value];
		}
	}
	return { kind: 'enrolment', id: enrolment.id, edit: fields };
}

function latest(one: IsoDate, other: IsoDate | null | undefined): IsoDate {
	return other && other > one ? other : one;
}

function earliest(one: IsoDate, other: IsoDate | null | undefined): IsoDate {
	return other && other < one ? other : one;
}
