import { surnameOf } from '../people/names.ts';
import type { Id, IsoDate } from '../kernel/ids.ts';
import type { LeerId, LeerIdType } from '../credentials/kinds.ts';
import type { Pupil } from '../people/kinds.ts';
import type { StateReader } from '../registry/state.ts';
import { fold } from '../kernel/text/fold.ts';
import { transliterate } from '../kernel/text/transliterate.ts';
import { statusOf, type LeerIdStatus } from '../credentials/status.ts';

/** A row of *Ingeschreven leerlingen* (product.md 31). */
export interface DeskRow {
	readonly pupilId: Id;
	readonly pupilNumber: string;
	readonly givenName: string;
	/** *Naam*: tussenvoegsel and surname; sorted by the surname. */
	readonly surname: string;
	readonly groupId: Id | null;
	/** Empty: in no group. */
	readonly groupName: string;
	readonly groupKey: string;
	readonly status: LeerIdStatus;
	/** null without an account. */
	readonly type: LeerIdType | null;
	/** Last day of the enrolment; null: never enrolled. */
	readonly endsOn: IsoDate | null;
	readonly keys: RowKeys;
}

/** Texts made once, so that filtering and sorting are plain comparisons. */
interface RowKeys {
	readonly search: string;
	readonly name: string;
	readonly givenName: string;
	readonly pupilNumber: string;
}

/**
 * The table's rows, in no particular order: who is enrolled today or later, and who has a LeerID that
 * has become inactive.
 */
export function deskRows(state: StateReader, today: IsoDate): DeskRow[] {
	const rows: DeskRow[] = [];
	const groups = new Map<Id, { name: string; key: string }>();
	for (const { id, name } of state.all('group')) groups.set(id, { name, key: naturalKey(name) });
	// One walk each, where an index would be asked ten thousand times.
	const leerIds = new Map<Id, LeerId>();
	for (const leerId of state.all('leerId')) leerIds.set(leerId.pupilId, leerId);
	const ends = new Map<Id, IsoDate>();
	for (const { pupilId, to } of state.all('enrolment')) {
		if (to > (ends.get(pupilId) ?? '')) ends.set(pupilId, to);
	}
	for (const pupil of state.all('pupil')) {
		const leerId = leerIds.get(pupil.id);
		const endsOn = ends.get(pupil.id) ?? null;
		if (!leerId && (endsOn === null || endsOn < today)) continue;
		const group = pupil.groupId === null ? undefined : groups.get(pupil.groupId);
		const { surname, keys } = textsOf(pupil);
		rows.push({
			pupilId: pupil.id,
			pupilNumber: pupil.pupilNumber,
			givenName: pupil.givenName,
			surname,
			groupId: pupil.groupId,
			groupName: group?.name ?? '',
			groupKey: group?.key ?? '',
			status: statusOf(leerId, endsOn, today),
			type: leerId?.type ?? null,
			endsOn,
			keys
		});
	}
	return rows;
}

interface PupilTexts {
	readonly surname: string;
	readonly keys: RowKeys;
}

/** By record, which is replaced whole: a change to one pupil folds one name and not ten thousand. */
const texts = new WeakMap<Pupil, PupilTexts>();

function textsOf(pupil: Pupil): PupilTexts {
	let found = texts.get(pupil);
	if (!found) texts.set(pupil, (found = { surname: surnameOf(pupil), keys: keysOf(pupil) }));
	return found;
}

function keysOf(pupil: Pupil): RowKeys {
	const family = fold(pupil.familyName);
	const given = fold(pupil.givenName);
	const written = fold(`${pupil.givenName} ${surnameOf(pupil)} ${pupil.pupilNumber}`);
	const latin = transliterate(written);
	return {
		search: latin === written ? written : `${written} ${latin}`,
		// Where names are the same but for marks, the marks decide.
		name: [family, given, fold(pupil.namePrefix), pupil.familyName, pupil.givenName].join('\0'),
		givenName: given,
		pupilNumber: naturalKey(pupil.pupilNumber)
	};
}

/** Sorts `2A` before `10A`. */
function naturalKey(text: string): string {
	return fold(text).replace(/\d+/g, (digits) => digits.padStart(12, '0'));
}

/** *Filter leerlingenlijst* (product.md 32). An absent or empty set leaves everything in. */
export interface DeskFilter {
	/** Parts of number, name and given name, in any order. */
	readonly text?: string;
	readonly groups?: ReadonlySet<Id | null>;
	readonly statuses?: ReadonlySet<LeerIdStatus>;
	readonly types?: ReadonlySet<LeerIdType | null>;
}

/** The rows that match every part of the filter, in their order. */
export function filterRows(rows: readonly DeskRow[], filter: DeskFilter): readonly DeskRow[] {
	const words = fold(filter.text ?? '')
		.split(/\s+/)
		.filter((word) => word !== '');
	const groups = used(filter.groups);
	const statuses = used(filter.statuses);
	const types = used(filter.types);
	if (words.length === 0 && !groups && !statuses && !types) return rows;
	return rows.filter(
		(row) =>
			(!groups || groups.has(row.groupId)) &&
			(!statuses || statuses.has(row.status)) &&
			(!types || types.has(row.type)) &&
			words.every((word) => row.keys.search.includes(word))
	);
}

function used<Value>(set: ReadonlySet<Value> | undefined): ReadonlySet<Value> | null {
	return set && set.size > 0 ? set : null;
}

export type DeskColumn = 'pupilNumber' | 'givenName' | 'name' | 'groupName' | 'status' | 'type';

const statusOrder: Readonly<Record<LeerIdStatus, string>> = {
	active: '0',
	inactive: '1',
	none: '2'
};
const typeOrder: Readonly<Record<LeerIdType, string>> = { basic: '0', advanced: '1' };

/** Sorted by a column, and by name where that is the same. Surnames count without tussenvoegsel. */
export function sortRows(
	rows: readonly DeskRow[],
	column: DeskColumn,
	direction: 'ascending' | 'descending' = 'ascending'
): DeskRow[] {
	const sign = direction === 'ascending' ? 1 : -1;
	return rows.toSorted((one, other) => {
		const first = compareKeys(sortKey(one, column), sortKey(other, column));
		return first === 0 ? compareKeys(one.keys.name, other.keys.name) : sign * first;
	});
}

function sortKey(row: DeskRow, column: DeskColumn): string {
	if (column === 'status') return statusOrder[row.status];
	if (column === 'type') return row.type ? typeOrder[row.type] : '2';
	return column === 'groupName' ? row.groupKey : row.keys[column];
}

function compareKeys(one: string, other: string): number {
	return one < other ? -1 : one > other ? 1 : 0;
}
