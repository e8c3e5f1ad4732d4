import type { Pupil } from '../people/kinds.ts';
import type { StateReader } from '../registry/state.ts';
import { Comparison } from './holders/comparison.ts';
import { freeNumbers } from './holders/free-numbers.ts';
import { PupilMatcher } from './match-pupils.ts';
import { nameOf } from './person-names.ts';
import type {
	Decisions,
	ImportPlan,
	PersonOutcome,
	PlanCounts,
	PlannedPerson,
	PlanOptions,
	PlanSource
} from './plan.ts';
import { planContext, type PlanContext } from './plan-context.ts';
import { endEnrolments } from './plan-enrolment.ts';
import { GuardianMatcher, planGuardian, type Child } from './plan-guardian.ts';
import { planPupil } from './plan-pupil.ts';
import { planStaff, StaffMatcher } from './plan-staff.ts';
import type { Roster } from './roster.ts';

/**
 * Returns what importing a roster would do, person by person (product.md 57). It changes nothing. A
 * value in doubt is in no write until it is decided; nobody has *left* unless the file is the whole
 * school; credentials are never among the writes.
 */
export function planImport(state: StateReader, roster: Roster, options: PlanOptions): ImportPlan {
	const steps = planSteps({ state, roster, options });
	for (;;) {
		const step = steps.next();
		if (step.done) return step.value;
	}
}

/** The stage that a person reached by a step of planning. */
export type PlanStep = 'compared' | 'planned' | 'settled';

/**
 * `planImport`, person by person, so that the person at the screen can do something else meanwhile.
 * Says *planned* once for each row. The state must not change in between.
 *
 * @param comparison of the same state and roster, kept from an earlier plan
 */
export function* planSteps(
	source: PlanSource,
	comparison = new Comparison(source)
): Generator<PlanStep, ImportPlan> {
	const { roster, options } = source;
	const comparing = comparison.steps();
	while (!comparing.next().done) yield 'compared';
	const context = planContext(comparison, options);
	const matcher = new PupilMatcher(context, comparison);
	const pupils: PlannedPerson[] = [];
	for (const row of roster.pupils) {
		pupils.push(planPupil(context, matcher, row, pupils.length));
		yield 'planned';
	}
	const guardianMatcher = new GuardianMatcher(context, comparison, childrenByKey(roster, pupils));
	const guardians: PlannedPerson[] = [];
	for (const row of roster.guardians) {
		guardians.push(planGuardian(context, guardianMatcher, row, guardians.length));
		yield 'planned';
	}
	const staffMatcher = new StaffMatcher(context, comparison);
	const staff: PlannedPerson[] = [];
	for (const row of roster.staff) {
		staff.push(planStaff(context, staffMatcher, row, staff.length));
		yield 'planned';
	}
	const left = options.whole ? planLeft(context, matcher) : [];
	const freeing = freeNumbers(context.state, [...pupils, ...guardians, ...staff, ...left]);
	let freed = freeing.next();
	for (; !freed.done; freed = freeing.next()) yield 'settled';
	const people = freed.value;
	const newGroups = context.groups.usedBy(writesOf(people));
	return { source, newGroups, people, counts: countsOf(people) };
}

/** The plan as it is with other decisions. Doubts and people keep their ids and keys. */
export function decide({ source }: ImportPlan, decisions: Decisions): ImportPlan {
	return planImport(source.state, source.roster, { ...source.options, decisions });
}

/** Of two rows with one key, the one that is taken over. */
function childrenByKey(
	{ pupils: rows }: Roster,
	planned: readonly PlannedPerson[]
): ReadonlyMap<string, Child> {
	const children = new Map<string, Child>();
	rows.forEach(({ sourceKey, pupilNumber }, index) => {
		const person = planned[index];
		if (!person) return;
		const stays = person.outcome !== 'doubt' && person.outcome !== 'skipped';
		for (const key of new Set([sourceKey, pupilNumber])) {
			if (key !== '' && !children.get(key)?.stays) children.set(key, { id: person.id, stays });
		}
	});
	return children;
}

function planLeft(context: PlanContext, matcher: PupilMatcher): PlannedPerson[] {
	const left: PlannedPerson[] = [];
	for (const pupil of context.state.all('pupil')) {
		const person = matcher.seen.has(pupil.id) ? null : planLeaving(context, pupil);
		if (person) left.push(person);
	}
	return left;
}

/** null: their enrolment has ended already. */
function planLeaving({ state, today, groups }: PlanContext, pupil: Pupil): PlannedPerson | null {
	const { id, pupilNumber, groupId } = pupil;
	const { writes, changes } = endEnrolments(state.find('enrolmentByPupil', id), today);
	if (writes.length === 0) return null;
	return {
		key: `left:${id}`,
		subject: 'pupil',
		outcome: 'left',
		id,
		name: nameOf(pupil),
		number: pupilNumber,
		groupName: groups.nameOf(groupId),
		changes,
		doubts: [],
		writes
	};
}

function* writesOf(people: readonly PlannedPerson[]) {
	for (const { writes } of people) yield* writes;
}

function countsOf(people: readonly PlannedPerson[]): PlanCounts {
	const counts: Record<PersonOutcome, number> = {
		new: 0,
		changed: 0,
		unchanged: 0,
		left: 0,
		doubt: 0,
		skipped: 0
	};
	for (const { outcome } of people) counts[outcome]++;
	return counts;
}
