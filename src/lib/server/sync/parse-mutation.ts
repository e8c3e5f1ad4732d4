import type { Secrets } from '#lib/domain/credentials/secret.ts';
import type { Mutation } from '#lib/domain/kernel/mutation.ts';
import type { NamedSecret } from '#lib/domain/registry/mutation.ts';
import {
	isMutationName,
	secretNamedBy,
	type ArgsOf,
	type MutationName
} from '#lib/domain/registry/mutations.ts';
import { parseArgs } from '#lib/protocol/mutation-args.ts';
import type { BroughtSecret } from './secret-table.ts';

/** A mutation that this server knows, with arguments of the right shape. */
export interface Parsed {
	readonly name: MutationName;
	readonly args: ArgsOf<MutationName>;
	readonly named: NamedSecret | null;
	readonly brought: BroughtSecret | null;
}

/** Parses what a device sent. null: no mutation that this server knows, or not with these arguments. */
export function parseMutation(
	{ name, args: sent }: Mutation,
	secrets: Secrets = {}
): Parsed | null {
	if (!isMutationName(name)) return null;
	const args = parseArgs(name, sent);
	if (args === null) return null;
	const named = secretNamedBy(name, args);
	const secret = named && Object.hasOwn(secrets, named.id) ? secrets[named.id] : undefined;
	return { name, args, named, brought: named && secret ? { ...named, secret } : null };
}
