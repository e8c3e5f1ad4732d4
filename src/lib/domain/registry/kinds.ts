import { accounts } from '../accounts/kinds.ts';
import { cards } from '../cards/kinds.ts';
import { credentials } from '../credentials/kinds.ts';
import { histories } from '../history/kinds.ts';
import { imports } from '../import/kinds.ts';
import type { AnyKind } from '../kernel/kind.ts';
import { people } from '../people/kinds.ts';
import { schools } from '../school/kinds.ts';

/** Every kind of record of a school, by its name. A released kind stays for good. */
export const kinds = {
	...schools,
	...people,
	...accounts,
	...credentials,
	...cards,
	...imports,
	...histories
} as const;

export type Kind = keyof typeof kinds;

export const allKinds = Object.keys(kinds) as readonly Kind[];

const declarations: ReadonlyMap<string, AnyKind> = new Map(
	Object.entries(kinds as unknown as Readonly<Record<Kind, AnyKind>>)
);

/** Tells whether this app knows a kind of this name; a newer one may know more. */
export function isKind(name: string): name is Kind {
	return declarations.has(name);
}

/** A kind's declaration; of one that only a newer app knows, one by which it is kept and not shown. */
export function declared(kind: Kind): AnyKind {
	return declarations.get(kind) ?? unknownKind;
}

const unknownKind: AnyKind = {
	fields: {},
	since: 1,
	keep: 'core',
	scopes: [],
	seenBy: [],
	historyScopes: [],
	history: 'kept',
	subject: 'id',
	partOf: [],
	idSpace: null,
	indexes: {},
	madeAgainAt: null,
	withdrawal: null,
	imported: false,
	retention: 'school',
	exported: false,
	removal: 'keep'
};
