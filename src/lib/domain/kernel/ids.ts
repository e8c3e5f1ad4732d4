/** 128 random bits in base64url, 22 characters. */
export type Id = string;
/** A calendar date, `2026-11-21`. */
export type IsoDate = string;
/** A moment in UTC, `2026-11-21T13:02:11.123Z`. Sorts as text. */
export type Instant = string;

export type Json =
	null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * The part that every record has: it is plain JSON, is found by kind and id, and is replaced whole.
 */
export interface Base<K extends string = string> {
	readonly kind: K;
	readonly id: Id;
}
