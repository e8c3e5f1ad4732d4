import { sameJson } from '#lib/domain/kernel/json.ts';
import type { Actor } from '#lib/domain/kernel/actor.ts';
import type { Account } from '#lib/domain/accounts/kinds.ts';
import type { AnyRecord } from '#lib/domain/registry/records.ts';
import type { Id, Json } from '#lib/domain/kernel/ids.ts';
import type { LeerId } from '#lib/domain/credentials/kinds.ts';
import { maySee, scopesFor } from '#lib/domain/registry/scopes.ts';
import type { SchoolState } from '#lib/domain/registry/state.ts';
import { schoolDay } from '#lib/server/sync/school-day.ts';
import type { Owned } from './brought.ts';
import { whoIs } from './who-may.ts';

/** Holds every password to whom it is of. */
export function checkSecrets(
	state: SchoolState,
	{ before, after, brought }: Readonly<Record<'before' | 'after' | 'brought', Owned>>
): void {
	for (const [id, account] of after) {
		const owner = before.get(id) ?? brought.get(id);
		must(owner === account, `the password ${id} is ${account}'s, and nobody brought it`);
	}
	for (const [id, account] of brought) {
		must(after.get(id) === account, `the password ${id} of ${account} was not kept`);
	}
	const owners: (Account | LeerId)[] = [...state.all('account'), ...state.all('leerId')];
	for (const { kind, id, secretId } of owners) {
		const owner = secretId === null ? undefined : after.get(secretId);
		// A password that is named and was never brought opens nothing.
		must(owner === undefined || owner === id, `${kind} ${id} opens with the password of ${owner}`);
		const other = kind === 'account' ? state.get('leerId', id) : undefined;
		must(!other && id !== 'system', `${id} is somebody twice`);
	}
}

/** Holds what an account is told to what it may see. */
export function checkPatch(
	state: SchoolState,
	{ account, puts, now }: { account: Id; puts: readonly AnyRecord[]; now: Date }
): void {
	const today = schoolDay(state, now);
	const who = whoIs(account, state, today);
	if (!who) throw new Error(`${account} is answered, and may not sign in`);
	const actor = { id: who.id, role: who.role as Actor['role'], rights: who.rights };
	const held = scopesFor(actor, state, today);
	for (const put of puts) {
		must(maySee(held, put), `${account} is told of ${keyOf(put)}`);
		const made = state.get(put.kind, put.id) as unknown as Json | undefined;
		must(sameJson(made, put as unknown as Json), `${keyOf(put)} is told wrong`);
	}
}

export function keyOf({ kind, id }: { readonly kind: string; readonly id: Id }): string {
	return `${kind} ${id}`;
}

export function must(holds: boolean, otherwise: string): void {
	if (!holds) throw new Error(otherwise);
}
