import type { Id } from '../kernel/ids.ts';

/** A password as the school issued it. Lives beside records, never in one. */
export type Secret =
	| { readonly kind: 'word' | 'temporary'; readonly text: string }
	/** The pictures' names from pictures.ts, in order. */
	| { readonly kind: 'image'; readonly pictures: readonly string[] };

/** Secrets by their id, as they travel beside a mutation. */
export type Secrets = Readonly<Record<Id, Secret>>;
