import { maxMutationBytes } from '../kernel/mutation.ts';
import type { ArgsOf } from '../registry/mutations.ts';
import type { Id, Instant } from '../kernel/ids.ts';
import type { ImportedRecord } from './imported-record.ts';
import type { Decisions, Doubt, ImportPlan, PlannedPerson } from './plan.ts';
import { decide } from './plan-import.ts';
import { takeRenumbering } from './holders/renumber.ts';

export type ImportCommand =
	| { readonly name: 'import.start@1'; readonly args: ArgsOf<'import.start@1'> }
	| { readonly name: 'import.write@2'; readonly args: ArgsOf<'import.write@2'> };

export interface ImportMade {
	readonly importRunId: Id;
	readonly actorId: Id;
	readonly madeAt: Instant;
	readonly fileName: string;
}

/** Room for what a mutation carries beside its records. */
const chunkBytes = maxMutationBytes - 16_000;

/** `mutationsOf` the plan as it is with these decisions. */
export function importMutations(
	plan: ImportPlan,
	decisions: Decisions,
	made: ImportMade
): readonly ImportCommand[] {
	return mutationsOf(decide(plan, decisions), made);
}

/**
 * The mutations that carry out a plan, in their order, to be made with one batch: the run with its
 * counts, then groups, numbers that change hands, guardians, pupils and staff. All other records of
 * a person are in one mutation; none is longer than `maxMutationBytes`. A person still in doubt is
 * left out, and counts as skipped. Each mutation names those of whom a person decided who they are.
 *
 * @param mostBytes of the records of one mutation
 */
export function mutationsOf(
	{ people, newGroups, counts, source }: ImportPlan,
	made: ImportMade,
	mostBytes = chunkBytes
): readonly ImportCommand[] {
	const { importRunId, actorId, madeAt, fileName } = made;
	const run = {
		kind: 'importRun',
		id: importRunId,
		madeAt,
		actorId,
		fileName: fileName.slice(0, 200),
		format: source.roster.format.slice(0, 40),
		whole: source.options.whole,
		added: counts.new,
		changed: counts.changed,
		left: counts.left,
		skipped: counts.skipped + counts.doubt,
		undoneAt: null
	} as const;
	const renumbering = takeRenumbering(source.state, people);
	const units = [
		...newGroups.map((group) => [{ add: group }]),
		...renumbering.units,
		...unitsOf(renumbering.people)
	];
	const isDecided = decidedIn(people);
	// With what `decided` takes of it: an id, quotes and a comma.
	const bytesOf = (record: ImportedRecord): number =>
		jsonBytes(record) + (isDecided.has(idOf(record)) ? idOf(record).length + 3 : 0);
	const writes = packed(units, bytesOf, mostBytes).map((records) => {
		const decided = [...new Set(records.map(idOf).filter((id) => isDecided.has(id)))];
		return { name: 'import.write@2', args: { importRunId, records, decided } } as const;
	});
	return [{ name: 'import.start@1', args: { run } }, ...writes];
}

const identityFields: ReadonlySet<string> = new Set([
	'pupil.givenName',
	'pupil.namePrefix',
	'pupil.familyName',
	'pupilIdentity.birthDate',
	'pupilIdentity.sex',
	'guardian.givenName',
	'guardian.initials',
	'guardian.namePrefix',
	'guardian.familyName',
	'staff.givenName',
	'staff.namePrefix',
	'staff.familyName'
]);

/** Tells whether the answer says who somebody is, or takes what they are called from the file. */
function saysWho(doubt: Doubt): boolean {
	switch (doubt.code) {
		case 'anotherPupil':
		case 'anotherPerson':
		case 'otherNumber':
			return doubt.chosen === 'samePerson' || doubt.chosen === 'differentPerson';
		case 'changedHere':
			return doubt.chosen === 'takeFile' && identityFields.has(`${doubt.kind}.${doubt.field}`);
		case 'missingName':
		case 'unreadableValue':
			return doubt.chosen === 'takeFile';
		default:
			return false;
	}
}

function decidedIn(people: readonly PlannedPerson[]): ReadonlySet<Id> {
	return new Set(people.filter(({ doubts }) => doubts.some(saysWho)).map(({ id }) => id));
}

function idOf(record: ImportedRecord): Id {
	return 'add' in record ? record.add.id : record.id;
}

/**
 * Groups the records that must not be torn apart: those of one person. Guardians come first, since
 * their links name them.
 */
function unitsOf(people: readonly PlannedPerson[]): ImportedRecord[][] {
	const order = { guardian: 0, pupil: 1, staff: 2 } as const;
	const links = new Map<Id, ImportedRecord[]>();
	const looseLinks: ImportedRecord[] = [];
	const units = new Map<string, ImportedRecord[]>();
	for (const { key, subject, writes } of people) {
		if (subject !== 'guardian') units.set(key, [...writes]);
		else {
			const own = writes.filter((write) => !isLink(write));
			units.set(key, own);
			for (const link of writes) {
				if (!isLink(link)) continue;
				const pupilId = 'add' in link && link.add.kind === 'guardianship' ? link.add.pupilId : null;
				if (pupilId === null) looseLinks.push(link);
				else links.set(pupilId, [...(links.get(pupilId) ?? []), link]);
			}
		}
	}
	for (const { key, subject, id, writes } of people) {
		if (subject !== 'pupil' || writes.length === 0) continue;
		units.get(key)?.push(...(links.get(id) ?? []));
		links.delete(id);
	}
	const sorted = [...people].sort((one, other) => order[one.subject] - order[other.subject]);
	return [
		...sorted.map(({ key }) => units.get(key) ?? []),
		...[...links.values()],
		...looseLinks.map((link) => [link])
	].filter(({ length }) => length > 0);
}

function isLink(write: ImportedRecord): boolean {
	return ('add' in write ? write.add.kind : write.kind) === 'guardianship';
}

/** As many units in a chunk as fit. A unit that alone is too long is divided between records. */
function packed(
	units: readonly (readonly ImportedRecord[])[],
	bytesOf: (record: ImportedRecord) => number,
	mostBytes: number
): ImportedRecord[][] {
	const chunks: ImportedRecord[][] = [];
	let chunk: ImportedRecord[] = [];
	let bytes = 0;
	const add = (records: readonly ImportedRecord[], length: number) => {
		if (chunk.length > 0 && bytes + length > mostBytes) {
			chunks.push(chunk);
			chunk = [];
			bytes = 0;
		}
		chunk.push(...records);
		bytes += length;
	};
	for (const unit of units) {
		const lengths = unit.map(bytesOf);
		const whole = lengths.reduce((sum, length) => sum + length, 0);
		if (whole <= mostBytes) add(unit, whole);
		else unit.forEach((record, index) => add([record], lengths[index] ?? 0));
	}
	if (chunk.length > 0) chunks.push(chunk);
	return chunks;
}

const encoder = new TextEncoder();

function jsonBytes(record: ImportedRecord): number {
	return encoder.encode(JSON.stringify(record)).length + 1;
}
