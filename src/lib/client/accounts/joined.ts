import type { Session } from '../session/session.svelte.ts';

/**
 * Tells whether the school has a server: passwords are then its to keep, and issued on a letter.
 */
export function isJoined({ vault }: Session): boolean {
	return Boolean(vault.membership);
}
