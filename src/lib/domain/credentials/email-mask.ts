/**
 * An e-mail address as a screen shows it: first letter, five asterisks, last letter, domain (facts,
 * *LeerID*). A local part of one or two characters would be readable so, and shows no letter at all.
 */
export function maskEmail(email: string): string {
	const at = email.lastIndexOf('@');
	const local = Array.from(email.slice(0, Math.max(at, 0)));
	const domain = at < 0 ? '' : email.slice(at);
	return local.length < 3 ? `*****${domain}` : `${local[0]}*****${local.at(-1)}${domain}`;
}

/** Tells whether a text looks enough like an e-mail address to send mail to. */
export function isEmail(text: string): boolean {
	return text.length <= 254 && /^[^\s@]{1,64}@[^\s@.]+(?:\.[^\s@.]+)+$/.test(text);
}
