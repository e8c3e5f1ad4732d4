import type { Address } from '#lib/domain/people/kinds.ts';
import type { Calendar } from './calendar.ts';
import { groups, parallel } from './groups.ts';
import { fixedNames } from './name-lists.ts';
import { namesAt } from './names.ts';
import { drawAddress, Population, type DemoPerson, type FixedName } from './people.ts';
import type { Random } from './random.ts';

/** The news of a pupil in the file of half-way through the year. */
type MidYear = 'left' | 'joined' | 'moved' | 'newAddress' | null;

export interface DemoPupil extends DemoPerson {
	/** Index of this year's group; null: left last year. */
	readonly group: number | null;
	/** Index of last year's; null: new this year. */
	readonly lastGroup: number | null;
	readonly midYear: MidYear;
	/** Where the pupil lives after `newAddress`. */
	readonly newHome: Address;
	/** School years at this school before this one, at least as many as `lastGroup` says. */
	readonly yearsHere: number;
}

/** Pupils whose last year this was: the ends of the two last groups. */
const leavers = Array.from({ length: 26 }, (_, index) => 16 + (index % 2));
/** Groups of those who left half-way; none of them has a parallel that others move to. */
const leftFrom = [6, 8, 11, 12, 13, 14];
const movedIn = [2, 3, 4, 5];
const joinedIn = [6, 7, 12, 13];

/** All 420 pupils: 388 who are enrolled and 32 who have left. */
export function drawPupils(random: Random, calendar: Calendar): DemoPupil[] {
	const population = new Population(random);
	const year = Number(calendar.yearStart.slice(0, 4));
	const fixed = fixedNames.map(parseName);
	const seats = seatsOf();
	const every = Math.floor(seats.length / fixed.length);
	return seats.map(({ group, lastGroup, midYear }, index): DemoPupil => {
		const grade = group === null ? 13 : (groups[group]?.grade ?? 1);
		const before = lastGroup === null ? 0 : random.between(1, Math.max(1, (grade - 1) % 6 || 6));
		const name = index % every === 5 ? fixed[Math.floor(index / every)] : undefined;
		const person = population.draw({ birthYear: year - grade - 5, grade, fixed: name });
		const newHome = drawAddress(random);
		return { ...person, group, lastGroup, midYear, newHome, yearsHere: before };
	});
}

type Seat = Pick<DemoPupil, 'group' | 'lastGroup' | 'midYear'>;

function seatsOf(): Seat[] {
	const seats: Seat[] = [];
	for (const [group, { size, from, fresh }] of groups.entries()) {
		const pending = changesIn(group);
		for (let seat = 0; seat < size; seat++) {
			const lastGroup = seat < fresh ? null : (from[seat % from.length] ?? null);
			const midYear = lastGroup === null ? null : (pending.shift() ?? null);
			seats.push({ group, lastGroup, midYear });
		}
	}
	for (const group of leftFrom) {
		const lastGroup = groups[group]?.from[0] ?? null;
		seats.push({ group, lastGroup, midYear: 'left' });
	}
	for (const lastGroup of leavers) seats.push({ group: null, lastGroup, midYear: null });
	return seats;
}

function changesIn(group: number): MidYear[] {
	if (movedIn.includes(group)) return ['moved', 'newAddress'];
	return joinedIn.includes(group) ? ['newAddress', 'joined'] : [];
}

function parseName(line: string): FixedName {
	const [givenName = '', familyName = '', sex, list] = line.split('|');
	return { givenName, familyName, sex: sex === 'V' ? 'V' : 'M', names: namesAt(Number(list)) };
}

/** A file of the year: which school year it is of, and whether it knows what happened half-way. */
export interface Phase {
	readonly thisYear: boolean;
	readonly afterMidYear: boolean;
}

/** The pupil's group in a file; null: not in it. */
export function groupIn(pupil: DemoPupil, { thisYear, afterMidYear }: Phase): number | null {
	const { midYear } = pupil;
	const own = thisYear ? pupil.group : pupil.lastGroup;
	if (midYear === 'left' && afterMidYear) return null;
	if (midYear === 'joined' && !afterMidYear) return null;
	if (own === null || midYear !== 'moved' || afterMidYear) return own;
	return parallel[own] ?? own;
}
