import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * A new key of a session: 256 random bits, the half that a device keeps in its vault. A device that
 * is locked has the cookie alone, which lets nobody in. As of a token, the store gets the hash.
 */
export function newSessionKey(): { readonly text: string; readonly hash: string } {
	const text = randomBytes(32).toString('base64url');
	return { text, hash: hashOf(text) };
}

/**
 * Tells whether a text is the key with this hash.
 *
 * @param text as a request brings it; null: it brings none
 */
export function isSessionKey(text: string | null, hash: string): boolean {
	if (text === null) return false;
	const [brought, kept] = [Buffer.from(hashOf(text)), Buffer.from(hash)];
	return brought.length === kept.length && timingSafeEqual(brought, kept);
}

function hashOf(text: string): string {
	return createHash('sha256').update(text).digest('base64url');
}
