import { createHash, randomBytes } from 'node:crypto';
import type { Id } from '#lib/domain/kernel/ids.ts';

/** The content of a cookie or a mailed link: where to look, and what to look for. */
export interface Token {
	readonly school: Id;
	/** As the store keeps it. */
	readonly hash: string;
}

/**
 * A new opaque token: the school's id, a dot, 256 random bits. The store gets the hash alone, so a
 * stolen copy of it signs nobody in. A plain hash will do: nobody guesses 256 bits.
 */
export function newToken(school: Id): { readonly text: string; readonly hash: string } {
	const text = `${school}.${randomBytes(32).toString('base64url')}`;
	return { text, hash: hashOf(text) };
}

/** null: this is no token of ours. */
export function readToken(text: string): Token | null {
	const [, school] = /^([A-Za-z0-9_-]{1,64})\.[A-Za-z0-9_-]{43}$/.exec(text) ?? [];
	// The school is hashed along, so a token moved to another school is another token.
	return school === undefined ? null : { school, hash: hashOf(text) };
}

function hashOf(text: string): string {
	return createHash('sha256').update(text).digest('base64url');
}
