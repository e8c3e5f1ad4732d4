import type { IndexDeclaration } from '../kernel/kind.ts';
import { indexesOver, indexesSharing, type Index } from './indexes.ts';
import { allKinds, declared, type Kind } from './kinds.ts';
import type { AnyRecord } from './records.ts';
import { referencesOf } from './references.ts';
import type { StateReader } from './state.ts';

/** Tells whether a record that comes back finds what it refers to, and nobody in its place. */
export function canStand(state: StateReader, record: AnyRecord): boolean {
	for (const { kind, id } of referencesOf(record)) if (!state.get(kind, id)) return false;
	if (kindsSharingIds(record.kind).some((kind) => state.get(kind, record.id))) return false;
	return !indexesOver(record.kind).some((index) => isPlaceTaken(state, record, index));
}

/** The other kinds of which no record may have the id of one of this kind. */
function kindsSharingIds(kind: Kind): readonly Kind[] {
	const { idSpace } = declared(kind);
	if (idSpace === null) return [];
	return allKinds.filter((other) => other !== kind && declared(other).idSpace === idSpace);
}

function isPlaceTaken(
	state: StateReader,
	record: AnyRecord,
	{ name, keyOf, declaration: { unique } }: Index
): boolean {
	const key = unique ? keyOf(record) : null;
	if (!unique || key === null) return false;
	const rivals = unique === true || 'while' in unique ? [name] : indexesSharing(unique.space);
	return rivals.some((rival) =>
		state.find(rival, key).some((other) => other.id !== record.id && isRival(unique, record, other))
	);
}

/** Tells whether two records with one key cannot both stand. */
function isRival(
	unique: NonNullable<IndexDeclaration['unique']>,
	record: AnyRecord,
	other: AnyRecord
): boolean {
	if (unique === true || 'space' in unique) return true;
	const [field, value] = unique.while;
	const both = [record, other] as unknown as readonly Readonly<Record<string, unknown>>[];
	return (
		both.every((each) => each[field] === value) &&
		both[0]?.[unique.within] === both[1]?.[unique.within]
	);
}
