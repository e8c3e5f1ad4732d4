import type { Base, Instant } from '../records.ts';

/** Ed25519 key that signs cards: the public half, raw, base64url. */
export interface CardKey extends Base<'cardKey'> {
	readonly number: number;
	readonly publicKey: string;
	readonly retiredAt: Instant | null;
}

/** The private half, PKCS #8, base64url; id of its `cardKey`. Only for the right `cards`. */
export interface CardKeyPrivate extends Base<'cardKeyPrivate'> {
	readonly privateKey: string;
}
