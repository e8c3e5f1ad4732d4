import type { Id, Json } from '../kernel/ids.ts';
import { allKinds, declared, type Kind } from '../registry/kinds.ts';
import type { AnyRecord } from '../registry/records.ts';

/** One record that an import adds, or edits field by field. */
export type ImportedRecord =
	| { readonly add: AnyRecord }
	| {
			readonly kind: Kind;
			readonly id: Id;
			readonly edit: Readonly<Record<string, readonly [from: Json, to: Json]>>;
	  };

/** The kinds of record that a file can bring. Credentials and accounts are not among them. */
export const importedKinds: ReadonlySet<Kind> = new Set(
	allKinds.filter((kind) => declared(kind).imported)
);
