import type { Id } from './ids.ts';

export const roles = ['administration', 'teacher', 'scheduler'] as const;
export type Role = (typeof roles)[number];

/** LeerID-beheerder: `leerId`, `cards`; applicatiebeheerder: `accounts`, `settings`. */
export const rights = ['accounts', 'cards', 'import', 'leerId', 'settings'] as const;
export type Right = (typeof rights)[number];

/** The asker, as the rules see them. */
export interface Actor {
	/** The account's id; a pupil's is that of their LeerID. */
	readonly id: Id;
	/** `system`: the server itself, for nobody. */
	readonly role: Role | 'pupil' | 'guardian' | 'system';
	readonly rights: readonly Right[];
}
