/**
 * The header in which a request brings the key of its session. The cookie alone lets nobody in where
 * there is a key: it is `locked`.
 */
export const sessionKeyHeader = 'x-session-key';

/** The headers that bring it; null: there is none to bring. */
export function sessionKeyHeaders(key: string | null): Readonly<Record<string, string>> {
	return key === null ? {} : { [sessionKeyHeader]: key };
}
