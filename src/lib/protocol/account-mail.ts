import { allLanguages, firstLanguage, type Language } from '#lib/domain/kernel/languages.ts';
import * as v from 'valibot';
import type { Id } from '#lib/domain/kernel/ids.ts';
import { parse } from './parse.ts';
import { password, userName } from './session.ts';
import { id } from './shapes.ts';

/**
 * Where the links in mails lead. The token stands in the fragment, so that no server or proxy ever
 * logs it: `/wachtwoord#TOKEN`.
 */
export const mailedPaths = {
	/** *Wachtwoord wijzigen*: `POST /api/reset/use`. */
	reset: '/wachtwoord',
	/** *Dit ben ik niet*: `POST /api/reset/refuse`. */
	refuse: '/dit-ben-ik-niet',
	/** `POST /api/email/confirm`. */
	email: '/e-mail-bevestigen'
} as const;

/** From a link in a mail: the school's id, a dot, 256 random bits. */
const token = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}\.[A-Za-z0-9_-]{43}$/));

/** `POST /api/reset`: always answered the same, 202 with `ResetAsked`. */
export interface ResetRequest {
	readonly school: Id;
	readonly userName: string;
	/** That the app speaks to who asks, who mostly is who gets the mail. */
	readonly language: Language;
}

export interface ResetAsked {
	/**
	 * The person to ask where no mail comes: name and address of the applicatiebeheerder; null: not
	 * known.
	 */
	readonly contact: string | null;
}

/** `POST /api/reset/look`, with the link's token: it still works. */
export interface OpenReset {
	/** The rules that the password has to keep: twelve characters, or what product.md 13 says. */
	readonly rules: 'staff' | 'own';
}

/** `POST /api/reset/use`. */
export interface UseReset {
	readonly token: string;
	/** *Gebruikersnaam (controlevraag)*. */
	readonly userName: string;
	readonly password: string;
}

/** `POST /api/email`: a mail with a link goes to the new address. */
export interface EmailChange {
	readonly address: string;
	/** The account's own: who finds an open device must not be able to take the account over. */
	readonly password: string;
	readonly language: Language;
}

const language = v.fallback(v.picklist(allLanguages), firstLanguage);

/** One address and nothing beside it: no list, no name, no line break. */
const address = v.pipe(v.string(), v.trim(), v.maxLength(254), v.email());

export function parseResetRequest(value: unknown): ResetRequest | null {
	return parse(v.object({ school: id, userName, language }), value);
}

export function parseUseReset(value: unknown): UseReset | null {
	return parse(v.object({ token, userName, password }), value);
}

export function parseEmailChange(value: unknown): EmailChange | null {
	return parse(v.object({ address, password, language }), value);
}

export function parseResetAsked(value: unknown): ResetAsked | null {
	return parse(v.object({ contact: v.nullable(v.string()) }), value);
}

export function parseOpenReset(value: unknown): OpenReset | null {
	return parse(v.object({ rules: v.picklist(['staff', 'own']) }), value);
}

/** `POST /api/reset/refuse`, `POST /api/reset/look` and `POST /api/email/confirm`: the link's token alone. */
export function parseMailedToken(value: unknown): string | null {
	return parse(v.object({ token }), value)?.token ?? null;
}
