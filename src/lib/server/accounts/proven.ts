import type { Id } from '#lib/domain/kernel/ids.ts';
import type { Try } from '../limits/sign-in-limits.ts';
import type { Session } from './sessions.ts';
import { isPassword, type KeptPassword } from './password-check.ts';
import { done, type AccountTools, type Answer } from './tools.ts';
import { countedTry, failedTry } from './tries.ts';

declare const proven: unique symbol;

/**
 * That somebody knew the password of an account when it was looked at, which takes too long for a
 * transaction. By then it may have been changed: only `writeAs` makes something of it.
 */
export interface Proven extends Checking {
	readonly [proven]: true;
	readonly kept: KeptPassword;
}

/** The account whose password is looked at, and the purpose. */
export interface Checking {
	readonly school: Id;
	/** Of the account or LeerID. */
	readonly account: Id;
	/** As it was read; null: there is none. */
	readonly kept: KeptPassword | null;
	readonly tried: Try;
	/** With which the password came, by which it is not a sign-in; null: it is one. */
	readonly session: Session | null;
}

/** Looks whether a password is right, within the limits of signing in. */
export async function checkPassword(
	tools: AccountTools,
	password: string,
	checking: Checking
): Promise<Answer<Proven>> {
	const { school, kept, tried } = checking;
	const refused = await countedTry(tools, school, tried);
	if (refused) return refused;
	const { passwords, keys } = tools;
	const right = await isPassword(password, kept, { passwords, keys, school });
	return right ? done(checking as Proven) : failedTry(tools, school, tried);
}
