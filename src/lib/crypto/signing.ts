import { fromBase64url, toBase64url, type Bytes } from './bytes.ts';

/** Ed25519 (RFC 8032) as it is stored. */
export interface SigningKeyPair {
	/** Raw, 32 bytes, base64url. */
	readonly publicKey: string;
	/** PKCS #8, base64url. */
	readonly privateKey: string;
}

export async function newSigningKeyPair(): Promise<SigningKeyPair> {
	const pair = await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify']);
	const publicKey = await crypto.subtle.exportKey('raw', pair.publicKey);
	const privateKey = await crypto.subtle.exportKey('pkcs8', pair.privateKey);
	return {
		publicKey: toBase64url(new Uint8Array(publicKey)),
		privateKey: toBase64url(new Uint8Array(privateKey))
	};
}

/** Import once, sign many. `privateKey`: PKCS #8, base64url. */
export async function importSigningKey(privateKey: string): Promise<CryptoKey> {
	return crypto.subtle.importKey('pkcs8', fromBase64url(privateKey), 'Ed25519', false, ['sign']);
}

/** `publicKey`: raw, base64url. */
export async function importVerifyingKey(publicKey: string): Promise<CryptoKey> {
	return crypto.subtle.importKey('raw', fromBase64url(publicKey), 'Ed25519', false, ['verify']);
}

/** 64 bytes. */
export async function sign(signingKey: CryptoKey, bytes: Bytes): Promise<Bytes> {
	return new Uint8Array(await crypto.subtle.sign('Ed25519', signingKey, bytes));
}

export async function verify(
	verifyingKey: CryptoKey,
	signature: Bytes,
	bytes: Bytes
): Promise<boolean> {
	return crypto.subtle.verify('Ed25519', verifyingKey, signature, bytes);
}
