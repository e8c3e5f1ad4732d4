import { firstLanguage } from '#lib/domain/kernel/languages.ts';
import { newTimedId } from '#lib/crypto/random.ts';
import type { EmailChange } from '#lib/protocol/account-mail.ts';
import { mailedPaths } from '#lib/protocol/account-mail.ts';
import { addressChangedLetter, confirmAddressLetter } from '../mail/letters.ts';
import type { Session } from './sessions.ts';
import { readToken } from '../session/token.ts';
import type { SchoolWriting } from '../sync/school-writing.ts';
import { closeLink, findLink, makeLink } from './mailed-links.ts';
import { isOpenSchool } from './open-school.ts';
import { provePassword } from './own-password.ts';
import { personOf, schoolIn, type Person } from './person.ts';
import { sendTo, senderOf } from './school-mail.ts';
import { done, no, type AccountTools, type Answer } from './tools.ts';
import { writeAs } from './write-as.ts';

const nothing = done(null);

/**
 * An address of somebody's own, for a guardian, staff, or a pupil with an advanced LeerID (product.md
 * 4, 38): a mail goes to the new address, and nothing changes until its link is opened.
 */
export async function changeEmail(
	tools: AccountTools,
	session: Session,
	{ address, password, language, ip }: EmailChange & { readonly ip: string }
): Promise<Answer<null>> {
	const { limits, now, publicUrl } = tools;
	const wait = limits.addressesByAccount.take(session.account, now().getTime());
	if (wait > 0) return no('wait', wait);
	const proven = await provePassword(tools, session, { password, address: ip });
	if (!proven.ok) return proven;
	const answer = await writeAs(tools, proven.value, async ({ writing, person }) => {
		const { tx, state, now: at } = writing;
		if (!person.keepsOwnPassword) return no('notAllowed');
		const school = schoolIn(state);
		const until = new Date(at.getTime() + school.resetMinutes * 60_000).toISOString();
		const made = { account: person.id, kind: 'email', ip, payload: { address, language } } as const;
		const token = await makeLink(tx, { ...made, at: at.toISOString(), until });
		const link = `${publicUrl}${mailedPaths.email}#${token}`;
		const to = { language, name: person.name };
		const letter = confirmAddressLetter({ link, until }, senderOf(school), to);
		await sendTo(tx, tools, { letter, to: address, language });
		return nothing;
	});
	tools.due.poke();
	return answer;
}

/** The link of the mail to the new address was opened: it is theirs. The old address is told. */
export async function confirmEmail(
	tools: AccountTools,
	token: string,
	ip: string
): Promise<Answer<null>> {
	const { limits, keys, schools, now } = tools;
	const wait = limits.linksByAddress.take(keys.mac('address', ip), now().getTime());
	if (wait > 0) return no('wait', wait);
	const school = readToken(token)?.school ?? '';
	if (!(await isOpenSchool(schools, school))) return no('linkExpired');
	const answer = await schools.write(school, (writing) => confirm(tools, writing, token));
	tools.due.poke();
	return answer;
}

async function confirm(
	tools: AccountTools,
	writing: SchoolWriting,
	token: string
): Promise<Answer<null>> {
	const { tx, state, today } = writing;
	const now = writing.now.toISOString();
	const link = await findLink(tx, { token, kind: 'email', now });
	const address = link?.payload.address;
	const person = link && personOf(state, link.account, today);
	if (!link?.open || address === undefined || !person?.actor) return no('linkExpired');
	const before = person.email;
	const mutation = { ...changing(person, address), uid: newTimedId(), batch: null };
	const refusal = await writing.make({
		mutation: { ...mutation, actorId: person.actor.id, madeAt: now },
		madeAt: now,
		actor: person.actor,
		door: { emailConfirmed: address }
	});
	if (refusal) return no('conflict');
	await closeLink(tx, link, { now });
	if (before !== null && before !== address) {
		const sender = senderOf(schoolIn(state));
		const { language = firstLanguage } = link.payload;
		const letter = addressChangedLetter({ address }, sender, { language, name: person.name });
		await sendTo(tx, tools, { letter, to: before, language });
	}
	return nothing;
}

function changing({ id, kind, email: from }: Person, to: string) {
	const email = [from, to] as const;
	return kind === 'account'
		? { name: 'account.changeEmail@1', args: { accountId: id, email } }
		: { name: 'leerId.linkEmail@1', args: { leerIdId: id, email } };
}
