import type { LeerId } from '#lib/domain/credentials/kinds.ts';

/**
 * Returns the key that the draft of the dialog is kept under: the page asks for it before the
 * dialog is loaded.
 */
export function adjustmentKey({ id }: LeerId): string {
	return `adjust/${id}`;
}
