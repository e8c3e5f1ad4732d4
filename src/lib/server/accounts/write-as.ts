import type { Actor } from '#lib/domain/kernel/actor.ts';
import { forgiveTry } from '../limits/sign-in-limits.ts';
import { isStillOpen, type Session } from '../session/sessions.ts';
import type { Founder } from '../schools/founding.ts';
import type { SchoolWriting } from '../sync/school-writing.ts';
import type { MailedLink } from './mailed-links.ts';
import { isSamePassword, readPassword } from './password-check.ts';
import { notLetIn, personOf, type Person } from './person.ts';
import type { Proven } from './proven.ts';
import { no, type AccountTools, type Answer } from './tools.ts';
import { failedTry } from './tries.ts';

declare const admitted: unique symbol;

/** Somebody who may act, as it was found in the transaction in which they do. */
export interface Acting {
	readonly writing: SchoolWriting;
	readonly person: Person;
	readonly actor: Actor;
}

/**
 * Somebody who has shown in this very transaction that the account is theirs: by its password, a
 * mailed link, or having founded the school. Whatever starts a session or sets a password asks for it.
 */
export interface Admitted extends Acting {
	readonly [admitted]: true;
}

/**
 * Opens a transaction for who has proven to know a password, if all of that still holds in it: the
 * account has that password, it may sign in, and the session that it came with is open. One that was
 * changed meanwhile was a wrong one, and counts as such.
 */
export async function writeAs<Value>(
	tools: AccountTools,
	proven: Proven,
	work: (admitted: Admitted) => Promise<Answer<Value>>
): Promise<Answer<Value>> {
	const { school, account, kept, tried, session } = proven;
	const answer = await tools.schools.write(school, async (writing) => {
		const { tx, state, today } = writing;
		const person = personOf(state, account, today);
		if (!person || !isSamePassword(kept, await readPassword(tx, person))) return null;
		await forgiveTry(tx, tried);
		// Who is signed in goes on where wrong passwords blocked the account, and no further.
		const blocked = session ? null : person.blocked;
		if (!person.actor || blocked) return no(notLetIn(person));
		if (session && !(await isStillOpen(tx, session, writing.now))) return no('signedOut');
		const wait = tools.limits.admissionsByAccount.take(
			`${school} ${account}`,
			writing.now.getTime()
		);
		if (wait > 0) return no('wait', wait);
		return work({ writing, person, actor: person.actor } as Admitted);
	});
	return answer ?? failedTry(tools, school, tried);
}

/** Opens a transaction for who is signed in, if the session is open in it and the account may act. */
export async function writeIn<Value>(
	{ schools }: Pick<AccountTools, 'schools'>,
	session: Session,
	work: (acting: Acting) => Promise<Answer<Value>>
): Promise<Answer<Value>> {
	return schools.write(session.school, async (writing) => {
		const person = personOf(writing.state, session.account, writing.today);
		if (!person?.actor) return no(notLetIn(person));
		if (!(await isStillOpen(writing.tx, session, writing.now))) return no('signedOut');
		return work({ writing, person, actor: person.actor });
	});
}

/** Whom a mailed link to a new password lets in; null: nobody. */
export function admittedByLink(writing: SchoolWriting, link: MailedLink): Admitted | null {
	if (!link.open || link.kind !== 'password') return null;
	const person = personOf(writing.state, link.account, writing.today);
	if (!person?.actor || person.blocked) return null;
	return { writing, person, actor: person.actor } as Admitted;
}

/** Whoever founds a school gives its first account a password; null: it may not act. */
export function admittedByFounding({ writing, account }: Founder): Admitted | null {
	const person = personOf(writing.state, account, writing.today);
	return person?.actor ? ({ writing, person, actor: person.actor } as Admitted) : null;
}
