import { accountCalled } from '#lib/domain/credentials/user-names.ts';
import { systemActor } from '#lib/domain/credentials/actor-ids.ts';
import { newId, newTimedId } from '#lib/crypto/random.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import {
	mailedPaths,
	type OpenReset,
	type ResetAsked,
	type ResetRequest,
	type UseReset
} from '#lib/protocol/account-mail.ts';
import type { DueHandler } from '../due/worker.ts';
import { resetLetter, resetRefusedLetter } from '../mail/letters.ts';
import { readToken } from '../session/token.ts';
import { addDue } from '../store/due.ts';
import type { SchoolWriting } from '../sync/school-writing.ts';
import { closeLink, findLink, makeLink, noteOnLink, type MailedLink } from './mailed-links.ts';
import { isOpenSchool, openSchool } from './open-school.ts';
import { choosePassword, passwordRulesOf } from './new-password.ts';
import { personOf, schoolIn, type Person } from './person.ts';
import { sendTo, senderOf, tellAdministration } from './school-mail.ts';
import { done, no, type AccountTools, type Answer } from './tools.ts';
import { admittedByLink } from './write-as.ts';

/** Requests for a new password, among the work that is due. */
export const resetKind = 'reset';

interface ResetWork extends Pick<ResetRequest, 'userName' | 'language'> {
	readonly ip: string;
}

const nothing = done(null);
/** A guesser of user names has this many tries at a link that fell into their hands. */
const mostWrongNames = 5;

/**
 * *Wachtwoord opvragen*. Looks nobody up: that is left to the worker, so that neither the answer nor
 * its time tells whether there is such an account, or an address for it (product.md 8).
 */
export async function requestReset(
	{ schools, store, keys, due, limits, now }: AccountTools,
	{ school, userName, language }: ResetRequest,
	ip: string
): Promise<Answer<ResetAsked>> {
	const at = now();
	const wait = limits.resetsByAddress.take(keys.mac('address', ip), at.getTime());
	if (wait > 0) return no('wait', wait);
	const record = await openSchool(schools, school);
	const asked = done({ contact: record && senderOf(record).contact });
	const name = keys.mac('userName', `${school} ${userName.toLowerCase()}`);
	// Said to nobody, or who asks would learn that somebody else did.
	if (!record || limits.resetsByName.take(name, at.getTime()) > 0) return asked;
	const work: ResetWork = { userName, language, ip };
	const body = keys.seal('mail', JSON.stringify(work), school);
	await store.write(school, (tx) => addDue(tx, { kind: resetKind, body, at: at.toISOString() }));
	due.poke();
	return asked;
}

/**
 * Looks up who was meant, and mails a link to those who have an address and may choose a password.
 */
export function resetMailer(tools: AccountTools): DueHandler {
	return async ({ school, body }) => {
		if (school === null) return;
		const asked = JSON.parse(tools.keys.open('mail', String(body), school)) as ResetWork;
		await tools.schools.write(school, async (writing) => {
			const person = personCalled(writing, asked.userName);
			if (!person?.actor || !person.email || person.blocked || !person.keepsOwnPassword) return;
			await mailLink(tools, writing, { person, asked, to: person.email });
		});
		tools.due.poke();
	};
}

async function mailLink(
	tools: AccountTools,
	{ tx, state, now }: SchoolWriting,
	{ person, asked, to }: { readonly person: Person; readonly asked: ResetWork; readonly to: string }
): Promise<void> {
	const { ip, language } = asked;
	const school = schoolIn(state);
	const until = new Date(now.getTime() + school.resetMinutes * 60_000).toISOString();
	const at = now.toISOString();
	const link = { account: person.id, kind: 'password', ip, payload: {}, at, until } as const;
	const token = await makeLink(tx, link);
	const reset = {
		link: `${tools.publicUrl}${mailedPaths.reset}#${token}`,
		refuseLink: `${tools.publicUrl}${mailedPaths.refuse}#${token}`,
		until,
		ip
	};
	const letter = resetLetter(reset, senderOf(school), { language, name: person.name });
	await sendTo(tx, tools, { letter, to, language });
}

/**
 * The facts that the page of a link tells before anything is typed. They say nothing of whose
 * account it is.
 */
export function lookAtReset(
	tools: AccountTools,
	token: string,
	ip: string
): Promise<Answer<OpenReset>> {
	return withLink<OpenReset>(tools, { token, ip }, ({ state, today }, link) => {
		const person = link.open ? personOf(state, link.account, today) : null;
		const opens = person?.actor && !person.blocked;
		return Promise.resolve(opens ? done({ rules: passwordRulesOf(person) }) : no('linkExpired'));
	});
}

/** *Wachtwoord wijzigen*, by the link of the mail. */
export function useReset(
	tools: AccountTools,
	{ token, userName, password }: UseReset,
	ip: string
): Promise<Answer<null>> {
	return withLink(tools, { token, ip }, async (writing, link) => {
		if (!link.open) return no('linkExpired');
		const { tx, now } = writing;
		const person = personCalled(writing, userName);
		if (person?.id !== link.account) return wrongName(writing, link);
		const admitted = admittedByLink(writing, link);
		if (!admitted) return no('linkExpired');
		const refusal = await choosePassword(admitted, password);
		if (refusal) return refusal;
		await closeLink(tx, link, { now: now.toISOString() });
		return nothing;
	});
}

/** *Dit ben ik niet*: the link is dead, and the administration hears of it, once. */
export function refuseReset(tools: AccountTools, token: string, ip: string): Promise<Answer<null>> {
	return withLink(tools, { token, ip }, async (writing, link) => {
		if (link.payload.refused) return nothing;
		const { tx, state, now, today } = writing;
		const at = now.toISOString();
		const school = schoolIn(state);
		const person = personOf(state, link.account, today);
		await closeLink(tx, link, { now: at, payload: { ...link.payload, refused: true } });
		if (!person) return nothing;
		await report(writing, person.id);
		const { userName } = person;
		const asked = { userName, ip: link.ip, at: link.made_at };
		await tellAdministration(tx, tools, {
			school,
			letter: (sender, to) => resetRefusedLetter(asked, sender, to)
		});
		return nothing;
	}).finally(() => tools.due.poke());
}

async function report(writing: SchoolWriting, accountId: Id): Promise<void> {
	const madeAt = writing.now.toISOString();
	const mutation = {
		name: 'signIn.report@1',
		args: { reportId: newId(), accountId },
		uid: newTimedId(),
		batch: null,
		actorId: systemActor.id,
		madeAt
	};
	await writing.make({ mutation, madeAt, actor: systemActor });
}

async function wrongName({ tx, now }: SchoolWriting, link: MailedLink): Promise<Answer<never>> {
	const payload = { ...link.payload, wrong: (link.payload.wrong ?? 0) + 1 };
	if (payload.wrong >= mostWrongNames) {
		await closeLink(tx, link, { now: now.toISOString(), payload });
		return no('linkExpired');
	}
	await noteOnLink(tx, link, payload);
	return no('wrongPassword');
}

async function withLink<Value = null>(
	{ schools, limits, keys, now }: AccountTools,
	{ token, ip }: { readonly token: string; readonly ip: string },
	work: (writing: SchoolWriting, link: MailedLink) => Promise<Answer<Value>>
): Promise<Answer<Value>> {
	const wait = limits.linksByAddress.take(keys.mac('address', ip), now().getTime());
	if (wait > 0) return no('wait', wait);
	const school = readToken(token)?.school ?? '';
	if (!(await isOpenSchool(schools, school))) return no('linkExpired');
	return schools.write(school, async (writing) => {
		const at = writing.now.toISOString();
		const link = await findLink(writing.tx, { token, kind: 'password', now: at });
		return link ? work(writing, link) : no('linkExpired');
	});
}

function personCalled({ state, today }: SchoolWriting, userName: string): Person | null {
	const id = accountCalled(state, userName);
	return id === null ? null : personOf(state, id, today);
}
