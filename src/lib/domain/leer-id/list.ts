import { surnameOf } from '../people/names.ts';
import type { Id, IsoDate } from '../kernel/ids.ts';
import type { LeerId, LeerIdType } from '../credentials/kinds.ts';
import type { Pupil } from '../people/kinds.ts';
import type { StateReader } from '../registry/state.ts';
import { fold } from '../kernel/text/fold.ts';
import { transliterate } from '../kernel/text/transliterate.ts';
import { statusOf, type LeerIdStatus } from '../credentials/status.ts';

/** A row of *Ingeschreven leerlingen* (product.md 31). */
export interface LeerIdRow {
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
export function leerIdRows(state: StateReader, today: IsoDate): LeerIdRow[] {
	const rows: LeerIdRow[] = [];
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

type LeerIdOrder = (one: LeerIdRow, other: LeerIdRow) => number;

const statusOrder: Readonly<Record<LeerIdStatus, number>> = { active: 0, inactive: 1, none: 2 };
const typeOrder: Readonly<Record<LeerIdType, number>> = { basic: 0, advanced: 1 };

/** The order of each column: for `sort`. Surnames count without tussenvoegsel. */
export const leerIdOrder = {
	pupilNumber: (one, other) => compareKeys(one.keys.pupilNumber, other.keys.pupilNumber),
	givenName: (one, other) => compareKeys(one.keys.givenName, other.keys.givenName),
	name: (one, other) => compareKeys(one.keys.name, other.keys.name),
	groupName: (one, other) => compareKeys(one.groupKey, other.groupKey),
	status: (one, other) => statusOrder[one.status] - statusOrder[other.status],
	type: (one, other) => typeRank(one) - typeRank(other)
} satisfies Readonly<Record<string, LeerIdOrder>>;

/** Gives the place of a type; a row without an account comes last. */
function typeRank({ type }: LeerIdRow): number {
	return type === null ? 2 : typeOrder[type];
}

function compareKeys(one: string, other: string): number {
	return one < other ? -1 : one > other ? 1 : 0;
}
