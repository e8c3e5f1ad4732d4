import { isUserName } from '../credentials/user-name.ts';
import type { Id } from '../kernel/ids.ts';
import type { StateReader } from '../registry/state.ts';

/** Where `importBase` keeps the user name that a file gave. */
export const userNameKey = 'userName';

/** A user name as a file writes it, as it would be here; undefined: it can be none of ours. */
export function userNameIn(text: string | undefined): string | undefined {
	const userName = (text ?? '').trim().toLowerCase();
	return isUserName(userName) ? userName : undefined;
}

/** The user name that an import brought for a pupil or guardian, which is kept (product.md 2). */
export function importedUserName(state: StateReader, personId: Id): string | undefined {
	return state.get('importBase', personId)?.values[userNameKey];
}
