import { languages, type Language } from '#lib/domain/kernel/languages.ts';
import type { Instant } from '#lib/domain/kernel/ids.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import type { Letter } from './letter.ts';

/** The facts that every letter gives about its school. */
export interface Sender {
	readonly school: string;
	/**
	 * The person to ask: name and address of the applicatiebeheerder; null: the school has set nobody.
	 */
	readonly contact: string | null;
}

/** Somebody who gets a letter. */
export interface Recipient {
	readonly language: Language;
	/** For the greeting; null: not known. */
	readonly name: string | null;
}

/** product.md 8: why it was sent, the link and until when, the address that asked, *Dit ben ik niet*. */
export function resetLetter(
	reset: {
		readonly link: string;
		readonly refuseLink: string;
		readonly until: Instant;
		readonly ip: string;
	},
	{ school, contact }: Sender,
	to: Recipient
): Letter {
	const locale = { locale: to.language };
	return {
		subject: m.mail_reset_subject({ school }, locale),
		parts: [
			greeting(to),
			m.mail_reset_why({ school }, locale),
			{ label: m.mail_reset_link({}, locale), href: reset.link },
			m.mail_reset_until({ until: moment(reset.until, to.language) }, locale),
			m.mail_reset_ip({ ip: reset.ip }, locale),
			m.mail_reset_not_me({}, locale),
			{ label: m.mail_reset_not_me_link({}, locale), href: reset.refuseLink },
			m.mail_reset_help({ contact: contactOr(contact, to.language) }, locale),
			m.mail_closing({ school }, locale)
		]
	};
}

/** To the administration: somebody clicked *Dit ben ik niet*. */
export function resetRefusedLetter(
	{ userName, ip, at }: { readonly userName: string; readonly ip: string; readonly at: Instant },
	{ school }: Sender,
	to: Recipient
): Letter {
	const locale = { locale: to.language };
	return {
		subject: m.mail_refused_subject({ userName }, locale),
		parts: [
			greeting(to),
			m.mail_refused_what({ userName, ip, at: moment(at, to.language) }, locale),
			m.mail_refused_done({}, locale),
			m.mail_closing({ school }, locale)
		]
	};
}

/** To a new address: the change waits for the link. */
export function confirmAddressLetter(
	{ link, until }: { readonly link: string; readonly until: Instant },
	{ school }: Sender,
	to: Recipient
): Letter {
	const locale = { locale: to.language };
	return {
		subject: m.mail_confirm_subject({ school }, locale),
		parts: [
			greeting(to),
			m.mail_confirm_why({ school }, locale),
			{ label: m.mail_confirm_link({}, locale), href: link },
			m.mail_reset_until({ until: moment(until, to.language) }, locale),
			m.mail_confirm_ignore({}, locale),
			m.mail_closing({ school }, locale)
		]
	};
}

/** To the old address, once the new one is confirmed. */
export function addressChangedLetter(
	{ address }: { readonly address: string },
	{ school, contact }: Sender,
	to: Recipient
): Letter {
	const locale = { locale: to.language };
	return {
		subject: m.mail_moved_subject({ school }, locale),
		parts: [
			greeting(to),
			m.mail_moved_what({ school, address }, locale),
			m.mail_moved_not_me({ contact: contactOr(contact, to.language) }, locale),
			m.mail_closing({ school }, locale)
		]
	};
}

/** To the administration: the school's budget of wrong passwords is spent for today. */
export function manyFailuresLetter(
	{ count }: { readonly count: number },
	{ school }: Sender,
	to: Recipient
): Letter {
	const locale = { locale: to.language };
	return {
		subject: m.mail_attack_subject({ school }, locale),
		parts: [
			greeting(to),
			m.mail_attack_what({ school, count }, locale),
			m.mail_attack_done({}, locale),
			m.mail_closing({ school }, locale)
		]
	};
}

function greeting({ name, language }: Recipient): string {
	const locale = { locale: language };
	return name === null ? m.mail_greeting_plain({}, locale) : m.mail_greeting({ name }, locale);
}

function contactOr(contact: string | null, language: Language): string {
	return contact ?? m.mail_school_contact({}, { locale: language });
}

/** In the schools' own time, wherever this process runs. */
function moment(instant: Instant, language: Language): string {
	return new Intl.DateTimeFormat(languages[language].tag, {
		dateStyle: 'long',
		timeStyle: 'short',
		timeZone: 'Europe/Amsterdam'
	}).format(new Date(instant));
}
