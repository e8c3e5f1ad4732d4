import type { Id } from '../kernel/ids.ts';
import type { StateReader } from '../registry/state.ts';

/**
 * Tells whether a user name is somebody else's. Staff, guardians and pupils sign in through one
 * form, so that a name means one of them. Those of archived accounts stay theirs: history names
 * people by account.
 */
export function isUserNameTaken(state: StateReader, userName: string, exceptId?: Id): boolean {
	return [
		...state.find('accountByUserName', userName),
		...state.find('leerIdByUserName', userName)
	].some(({ id }) => id !== exceptId);
}

/**
 * The account or LeerID that somebody means by what they typed as *Gebruikersnaam*: a user name, or an
 * e-mail address where that is one account's alone (product.md 1). Whether they may sign in is
 * `actorFor`'s to say.
 */
export function accountCalled(state: StateReader, typed: string): Id | null {
	const name = typed.trim().toLowerCase();
	const named = [...state.find('accountByUserName', name), ...state.find('leerIdByUserName', name)];
	const found =
		named.length > 0
			? named
			: [...state.find('accountByEmail', name), ...state.find('leerIdByEmail', name)].filter(
					(each) => each.kind === 'leerId' || each.archivedAt === null
				);
	// Parents often share an address: it then says nothing.
	return found.length === 1 ? (found[0]?.id ?? null) : null;
}
