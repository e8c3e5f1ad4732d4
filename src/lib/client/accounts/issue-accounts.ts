import { newId, randomInt } from '#lib/crypto/random.ts';
import { laterAccountFields } from '#lib/domain/accounts/account-rules.ts';
import { importedUserName } from '#lib/domain/accounts/imported-user-name.ts';
import { isUserNameTaken } from '#lib/domain/credentials/user-names.ts';
import { isEmail } from '#lib/domain/credentials/email-mask.ts';
import { temporaryPassword } from '#lib/domain/credentials/password.ts';
import { accountUserNameBase, userNameGenerator } from '#lib/domain/credentials/user-name.ts';
import { fullNameOf } from '#lib/domain/people/names.ts';
import type { Account } from '#lib/domain/accounts/kinds.ts';
import type { Guardian } from '#lib/domain/people/kinds.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import { ok, type Result } from '#lib/domain/kernel/result.ts';
import type { SchoolState } from '#lib/domain/registry/state.ts';
import { formatNumber } from '#lib/i18n/format.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import type { CommitFailure } from '#lib/vault/replica/replica.ts';
import { failureText } from '../session/failure-text.ts';
import { command, type Command, type Session } from '../session/session.svelte.ts';
import { showDone } from '../session/undo.ts';
import type { PaperPrinter } from '../print/printer.svelte.ts';
import type { LetterFailure } from './account-letters.ts';

/** The people to make letters for, and the name of the selection. */
export interface Issuing {
	readonly session: Session;
	readonly printer: PaperPrinter;
	/** The name of the selection: a group's or a person's. Names the file. */
	readonly title: string;
}

/** *Accounts maken*, with a letter each. */
export async function createGuardianAccounts(
	issuing: Issuing,
	guardians: readonly Guardian[]
): Promise<Result<void, CommitFailure>> {
	const { state } = issuing.session;
	const userNames = newUserNames(state, guardians);
	const accounts = guardians.map((guardian): Account => {
		const email = state.get('guardianContact', guardian.id)?.email ?? '';
		return {
			...laterAccountFields,
			kind: 'account',
			id: newId(),
			userName: userNames.get(guardian.id) ?? '',
			displayName: fullNameOf(guardian),
			role: 'guardian',
			rights: [],
			guardianId: guardian.id,
			email: isEmail(email) ? email : null,
			secretId: newId(),
			archivedAt: null
		};
	});
	return createAccounts(issuing, accounts);
}

/** Makes accounts that have the id of a password to come, and prints their letters. */
export async function createAccounts(
	issuing: Issuing,
	accounts: readonly Account[]
): Promise<Result<void, CommitFailure>> {
	const commands = accounts.map((account) =>
		command('account.create@1', { account }, newSecret(account.secretId ?? ''))
	);
	return issue(issuing, commands, {
		accountIds: accounts.map(({ id }) => id),
		done: (count) => m.account_letters_made({ count, number: formatNumber(count) })
	});
}

/** *Nieuwe brief*: another password, which voids the one before; an archived account opens again. */
export async function renewAccounts(
	issuing: Issuing,
	accounts: readonly Account[]
): Promise<Result<void, CommitFailure>> {
	const commands = accounts.map(({ id, secretId: fromSecretId, archivedAt }) => {
		const secretId = newId();
		const args = { accountId: id, fromSecretId, secretId };
		const name = archivedAt === null ? 'account.renew@1' : 'account.reopen@1';
		return command(name, args, newSecret(secretId));
	});
	return issue(issuing, commands, {
		accountIds: accounts.map(({ id }) => id),
		done: (count) => m.account_letters_renewed({ count, number: formatNumber(count) })
	});
}

/** *Brief opnieuw afdrukken*: nothing is changed. */
export async function printAgain(
	{ session, printer, title }: Issuing,
	ids: readonly Id[]
): Promise<Result<{ readonly letters: number }, LetterFailure>> {
	const { printLetters } = await import('./account-letters.ts');
	return printLetters(session, printer, ids, title);
}

/** The user names that guardians would get, none given twice (product.md 2). */
function newUserNames(state: SchoolState, guardians: readonly Guardian[]): ReadonlyMap<Id, string> {
	const next = userNameGenerator((name) => isUserNameTaken(state, name));
	return new Map(
		guardians.map((guardian) => {
			const initials = guardian.initials || guardian.givenName.slice(0, 1);
			const base =
				importedUserName(state, guardian.id) ??
				accountUserNameBase({ ...guardian, initials }, 'ouder');
			return [guardian.id, next(base)];
		})
	);
}

/** Returns the name of a selection: the person's name of one, else how many there are. */
export function accountsTitle(names: readonly string[]): string {
	const [only, ...others] = names;
	if (only !== undefined && others.length === 0) return only;
	return m.account_selection({ number: formatNumber(names.length) });
}

function newSecret(secretId: Id) {
	return { [secretId]: temporaryPassword(randomInt) };
}

/**
 * Keeps the passwords first and then prints them, so that nothing on paper is ever untrue. Whatever
 * becomes of the printing, the letters can be printed again for a day. Says in a toast what came of it.
 */
async function issue(
	issuing: Issuing,
	commands: readonly Command[],
	{ accountIds, done }: { readonly accountIds: readonly Id[]; done: (count: number) => string }
): Promise<Result<void, CommitFailure>> {
	const { session } = issuing;
	const kept = await session.commit(commands);
	if (!kept.ok) return kept;
	const printed = await printAgain(issuing, accountIds);
	if (printed.ok) showDone(session, done(printed.value.letters), kept.value.batch);
	else session.toasts.show(letterFailureText(printed.refusal), { tone: 'warn' });
	return ok(undefined);
}

/** Why there are no letters, and what to do. */
export function letterFailureText(failure: LetterFailure): string {
	switch (failure.code) {
		case 'cancelled':
		case 'failed':
			return m.account_letters_not_made();
		case 'sheetTooSmall':
			return m.account_letter_too_long({ name: failure.pupilName });
		case 'nothingToPrint':
			return m.account_letters_gone();
		default:
			return failureText(failure);
	}
}
