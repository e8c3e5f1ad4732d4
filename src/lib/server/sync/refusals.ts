import type { Refusal } from '#lib/domain/registry/refusal.ts';

/** Something in the app or the server failed over this mutation; the others go on. */
export const failed: Refusal = { code: 'failed' };
