/** Where a request arrived: over TLS, or on this very machine without it. */
export interface Place {
	/** Plain http on localhost, where `Secure` cookies are not kept by every browser. */
	readonly plain: boolean;
}

/** Browsers keep a cookie 400 days at most; the store decides how long a session really lives. */
const maxAgeSeconds = 400 * 24 * 3600;

/**
 * `__Host-`: only this very host may have set it, over TLS and for all of its paths, so that no
 * neighbouring host can plant a session.
 */
function cookieName({ plain }: Place): string {
	return plain ? 'session' : '__Host-session';
}

/** The session's token in a `Cookie` header; null: none, or more than one. */
export function readSessionCookie(header: string | null, place: Place): string | null {
	const name = `${cookieName(place)}=`;
	const found = (header ?? '')
		.split(';')
		.map((part) => part.trim())
		.filter((part) => part.startsWith(name));
	return found.length === 1 ? (found[0]?.slice(name.length) ?? null) : null;
}

/**
 * The `Set-Cookie` that keeps a token; null lets go of it.
 *
 * @param passing ends with the browser: who sits there next is somebody else
 */
export function sessionCookie(
	token: string | null,
	place: Place,
	{ passing = false }: { readonly passing?: boolean } = {}
): string {
	return [
		`${cookieName(place)}=${token ?? ''}`,
		'Path=/',
		'HttpOnly',
		'SameSite=Strict',
		...(place.plain ? [] : ['Secure']),
		...(passing ? [] : [`Max-Age=${token === null ? 0 : maxAgeSeconds}`])
	].join('; ');
}
