import type { Secrets } from '#lib/domain/credentials/secret.ts';
import type { Door } from '#lib/domain/kernel/mutation.ts';
import type { MutationName } from '#lib/domain/registry/mutations.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import type { SentMutation } from '#lib/protocol/sync-request.ts';

/** Passwords by their ids, with whose they are to be. */
export type Owned = ReadonlyMap<Id, Id>;

/** The password that a mutation names. */
export function secretsNamed(name: MutationName, args: unknown): Owned {
	const { secretId, accountId, leerIdId, account } = args as {
		readonly secretId?: Id;
		readonly accountId?: Id;
		readonly leerIdId?: Id;
		readonly account?: { readonly id: Id; readonly secretId?: Id | null };
	};
	const id = name === 'account.create@1' ? account?.secretId : secretId;
	const owner = accountId ?? leerIdId ?? account?.id;
	return id && owner ? new Map([[id, owner]]) : new Map<Id, Id>();
}

/** The same, where it came along. */
export function secretsBrought(name: MutationName, args: unknown, secrets: Secrets = {}): Owned {
	const named = [...secretsNamed(name, args)];
	return new Map(named.filter(([id]) => Object.hasOwn(secrets, id)));
}

/** Returns what the server finds out of a password, by the rule of the one that is tried here. */
export function doorOf(brought: Owned, { secrets }: SentMutation): Door {
	const isGood = [...brought.keys()].every((id) => {
		const secret = secrets?.[id];
		return secret?.kind === 'image' || (secret?.text.length ?? 0) >= 8;
	});
	return { passwordSet: brought.size > 0 && isGood, emailConfirmed: null };
}
