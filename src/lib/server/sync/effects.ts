import type { Secret } from '#lib/domain/credentials/secret.ts';
import type { Actor } from '#lib/domain/kernel/actor.ts';
import type { Id, Instant } from '#lib/domain/kernel/ids.ts';
import type { NamedSecret } from '#lib/domain/registry/mutation.ts';
import type { ArgsOf, MutationName } from '#lib/domain/registry/mutations.ts';
import type { StateReader } from '#lib/domain/registry/state.ts';
import type { SchoolTx } from '../store/database.ts';

/** A mutation that the rules took, in the transaction that writes it. */
export interface Done<Args = unknown> {
	readonly tx: SchoolTx;
	readonly args: Args;
	readonly actor: Actor;
	/** By the server's clock. */
	readonly now: Instant;
	/** Without the mutation. */
	readonly before: StateReader;
	/** With the mutation in it. */
	readonly state: StateReader;
}

/** The effects beside records that a mutation declares. */
export interface Declared {
	/** The password that it names. */
	readonly named: NamedSecret | null;
	/** The account or LeerID that has to sign in again. */
	readonly ended: Id | null;
}

/**
 * The effects of mutations beside records: on the tables of sessions, passwords and failed tries.
 * They happen in the mutation's own savepoint; an effect that throws takes the mutation back.
 */
export interface Effects {
	/** Does what follows from a mutation's declaration. */
	declared(tx: SchoolTx, declared: Declared, now: Instant): Promise<void>;
	/** The effects of single mutations, by name. */
	readonly own: { readonly [Name in MutationName]?: (done: Done<ArgsOf<Name>>) => Promise<void> };
}

/** As somebody types it: of an image password the pictures' names, with a space between them. */
export function typedSecret(secret: Secret): string {
	return secret.kind === 'image' ? secret.pictures.join(' ') : secret.text;
}
