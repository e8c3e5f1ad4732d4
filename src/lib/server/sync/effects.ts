import type { Secret } from '#lib/domain/credentials/secret.ts';
import type { Actor } from '#lib/domain/kernel/actor.ts';
import type { ArgsOf, MutationName } from '#lib/domain/registry/mutators.ts';
import type { Id, Instant } from '#lib/domain/kernel/ids.ts';
import type { StateReader } from '#lib/domain/registry/state.ts';
import type { SchoolTx } from '../store/database.ts';

/** A mutation that the rules took, in the transaction that writes it. */
export interface Done<Args> {
	readonly tx: SchoolTx;
	readonly args: Args;
	readonly actor: Actor;
	/** By the endpoint's clock. */
	readonly now: Instant;
	/** Without the mutation. */
	readonly before: StateReader;
	/** With the mutation in it. */
	readonly state: StateReader;
}

type Effect<Args> = (done: Done<Args>) => Promise<void>;

/**
 * What a mutation does beside records: to the tables of sessions, passwords and failed tries. It
 * happens in the mutation's own savepoint; one that throws takes the mutation back.
 */
export type Effects = { readonly [Name in MutationName]?: Effect<ArgsOf<Name>> };

/** A password that a mutation names, and the account or LeerID that it opens. */
export interface Named {
	readonly id: Id;
	readonly account: Id;
	/** Chosen by whoever it opens: it must keep the rules for passwords. */
	readonly own: boolean;
}

/**
 * `true` where a value of this type has a field of this name, or fields of any name; `never` elsewhere.
 * JSON has no end, and arguments are shallow: so deep and no deeper.
 */
type Holds<Value, Field extends string, Depth extends readonly 1[] = []> = Depth['length'] extends 5
	? never
	: Value extends readonly (infer Item)[]
		? Holds<Item, Field, [...Depth, 1]>
		: Value extends object
			? Field extends keyof Value
				? true
				: Holds<Value[keyof Value], Field, [...Depth, 1]>
			: never;

type NamesSecret<Name extends MutationName> = [Holds<ArgsOf<Name>, 'secretId'>] extends [never]
	? never
	: Name;

/** No mutation whose arguments hold a `secretId` can be left out. */
type SecretNames = {
	readonly [Name in MutationName as NamesSecret<Name>]: (args: ArgsOf<Name>) => Named | null;
};

/** Which secret each mutation names; any other that is sent beside it is left. */
const secretNames: SecretNames = {
	'school.create@1': ofAccount,
	'account.create@1': ofAccount,
	'account.edit@1': ({ accountId, edit }) =>
		ofAccount({ account: { id: accountId, secretId: edit.secretId?.[1] } }),
	// A file brings no record with a password (`importedKinds`).
	'import.write@1': () => null,
	'import.write@2': () => null,
	'account.renew@1': toAccount,
	'account.reopen@1': toAccount,
	'account.choosePassword@1': (args) => ({ ...toAccount(args), own: true }),
	'leerId.create@1': toLeerId,
	'leerId.renew@1': toLeerId,
	'leerId.adjust@1': toLeerId,
	'leerId.choosePassword@1': (args) => ({ ...toLeerId(args), own: true })
};

function ofAccount({
	account: { id, secretId }
}: {
	readonly account: { readonly id: Id; readonly secretId?: Id | null | undefined };
}): Named | null {
	return secretId ? { id: secretId, account: id, own: false } : null;
}

function toAccount(args: { readonly secretId: Id; readonly accountId: Id }): Named {
	return { id: args.secretId, account: args.accountId, own: false };
}

function toLeerId(args: { readonly secretId: Id; readonly leerIdId: Id }): Named {
	return { id: args.secretId, account: args.leerIdId, own: false };
}

/** The secret that a mutation names; null: none. */
export function secretNamedBy<Name extends MutationName>(
	name: Name,
	args: ArgsOf<Name>
): Named | null {
	const names: Partial<Record<MutationName, (args: never) => Named | null>> = secretNames;
	return names[name]?.(args as never) ?? null;
}

/** As somebody types it: of an image password the pictures' names, with a space between them. */
export function typedSecret(secret: Secret): string {
	return secret.kind === 'image' ? secret.pictures.join(' ') : secret.text;
}
