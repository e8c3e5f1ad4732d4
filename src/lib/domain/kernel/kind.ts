import type { Right } from './actor.ts';
import type { FieldName, Fields, HeldBy } from './field.ts';
import type { Base } from './ids.ts';

/** A way in which rules look records of a kind up, beside their id. */
export interface IndexDeclaration<Name extends string = string> {
	/** The field that holds the key; of several, their values with `:` between. null leaves a record out. */
	readonly by: Name | readonly Name[];
	/** Capitals do not count. */
	readonly folded?: true;
	/**
	 * A key has one record at most: of all; of those that hold a value, within one value of another
	 * field; or of every index that names the same space.
	 */
	readonly unique?:
		| true
		| { readonly while: readonly [field: Name, value: string]; readonly within: Name }
		| { readonly space: string };
}

/** The rest of a record that must stay when its making is undone. */
export interface Withdrawal<Name extends string = string> {
	/** Undone already, or overtaken, where the field holds anything else. */
	readonly while: readonly [field: Name, value: string | null];
	/** The field's new value; null: the moment of the undo. */
	readonly becomes: string | null;
	/** The field that tells the moment; null: `while` itself does. */
	readonly dated: Name | null;
}

/** Of the scope `school` everybody is one, and needs no mention. */
export type Holder = 'administration' | Right | 'staff' | OfPupil;

/**
 * The holders of a tier of pupils; of guardians all, or those who may be shown where their child
 * lives.
 */
export const holdersOfPupil = ['teacher', 'guardian', 'guardianShownAddress', 'pupil'] as const;
export type OfPupil = (typeof holdersOfPupil)[number];

/** A kind of record. `null` is written out where a kind has none of something. */
export interface KindDeclaration<F extends Fields, Indexes = unknown> {
	readonly fields: F;
	/**
	 * The first schema whose apps know the kind. Others are not given it, so its scopes and those of its
	 * history are of tiers that came with it.
	 */
	readonly since: number;
	/** In memory wherever it is held; by month or school year; or fetched for one reading (design.md 1). */
	readonly keep: 'core' | 'period' | 'asked';
	/** The scopes of a record, `{field}` standing for what the field holds: `pupil/{pupilId}/name`. */
	readonly scopes: readonly string[];
	/**
	 * The holders of its scopes beside those whom they name: the school's tier the administration,
	 * those of it with a right, or all staff; a pupil's tier teachers, guardians, the pupil
	 * (accounts/sight.ts says which).
	 */
	readonly seenBy: readonly Holder[];
	/**
	 * The scopes of a history entry about such a record, `{subject}` standing for whom it is about. Nobody
	 * may hold these without holding those of the record; they may be narrower.
	 */
	readonly historyScopes: readonly string[];
	/** Whether a change to it leaves a history entry, and whether people read what the entry says. */
	readonly history: 'shown' | 'kept' | 'none';
	/** The field that names whose history page shows a change to it. */
	readonly subject: 'id' | FieldName<F>;
	/** The kinds of record under the same id that it is a part of, and cannot stand without. */
	readonly partOf: readonly string[];
	/** Kinds with the same word here never share an id: sessions and blocks are kept by id alone. */
	readonly idSpace: string | null;
	readonly indexes: Indexes;
	/** Of what a person removes and makes again under one id: the field that says when this one was made. */
	readonly madeAgainAt: FieldName<F> | null;
	readonly withdrawal: Withdrawal<FieldName<F>> | null;
	/** Whether a file may bring it. */
	readonly imported: boolean;
	/** How long it is kept: as long as the school; or until nothing is kept of the person it is about. */
	readonly retention: 'school' | 'person';
	/** Whether people get it with a copy of what is kept about them. */
	readonly exported: boolean;
	/** Its fate when the person it is about is removed. */
	readonly removal: 'erase' | 'keep';
}

export type AnyKind = KindDeclaration<Fields, Readonly<Record<string, IndexDeclaration>>>;

/** A record as its kind declares it. */
export type Declared<Name extends string, D extends { readonly fields: Fields }> = Base<Name> &
	HeldBy<D['fields']>;

/** Declares a kind: the one place that says what a record of it is. */
export function kind<
	const F extends Fields,
	const Indexes extends Readonly<Record<string, IndexDeclaration<FieldName<F>>>>
>(declaration: KindDeclaration<F, Indexes>): KindDeclaration<F, Indexes> {
	return declaration;
}
