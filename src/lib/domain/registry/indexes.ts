import type { Base } from '../kernel/ids.ts';
import type { IndexDeclaration } from '../kernel/kind.ts';
import type { IndexTable } from '../kernel/state/reader.ts';
import { allKinds, declared, type kinds, type Kind } from './kinds.ts';

/** The kind that each declared index is over, by the index's name. */
export type IndexKinds = {
	readonly [K in Kind as keyof (typeof kinds)[K]['indexes'] & string]: K;
};

export type IndexName = keyof IndexKinds;

export interface Index {
	readonly name: IndexName;
	readonly kind: Kind;
	readonly declaration: IndexDeclaration;
	readonly keyOf: (record: Base) => string | null;
}

const byKind = new Map<string, readonly Index[]>(
	allKinds.map((kind) => [
		kind,
		Object.entries(declared(kind).indexes).map(([name, declaration]) => ({
			name: name as IndexName,
			kind,
			declaration,
			keyOf: keyBy(declaration)
		}))
	])
);
const byName = new Map<string, Index>([...byKind.values()].flat().map((each) => [each.name, each]));

/** The indexes over a kind. */
export function indexesOver(kind: Kind): readonly Index[] {
	return byKind.get(kind) ?? [];
}

/** The kind that an index is over. */
export function indexedKind(name: IndexName): Kind {
	return indexTable.kindOf(name) as Kind;
}

/** The indexes over which a key is one record's alone. */
export function indexesSharing(space: string): readonly IndexName[] {
	return [...byName.values()]
		.filter(
			({ declaration: { unique } }) =>
				typeof unique === 'object' && 'space' in unique && unique.space === space
		)
		.map(({ name }) => name);
}

export const indexTable: IndexTable = {
	over: (kind) => byKind.get(kind) ?? [],
	kindOf: (name) => byName.get(name)?.kind ?? ''
};

function keyBy({ by, folded }: IndexDeclaration): (record: Base) => string | null {
	if (typeof by !== 'string')
		return (record) => by.map((field) => valueOf(record, field)).join(':');
	if (folded) return (record) => valueOf(record, by)?.toLowerCase() ?? null;
	return (record) => valueOf(record, by);
}

function valueOf(record: Base, field: string): string | null {
	return (record as unknown as Readonly<Record<string, string | null>>)[field] ?? null;
}
