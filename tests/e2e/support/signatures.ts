import { createPublicKey, verify } from 'node:crypto';
import type { BrowserContext, Page } from '@playwright/test';
import { parseCardCode, type CardCode } from '#lib/domain/cards/card-code.ts';

interface Noting extends Window {
	publicKeys?: string[];
}

/** Notes every public key that pages of this context make; no screen shows it. */
export async function notePublicKeys(context: BrowserContext): Promise<void> {
	await context.addInitScript(() => {
		type ExportKey = (format: string, key: CryptoKey) => Promise<ArrayBuffer | JsonWebKey>;
		const was = Object.getOwnPropertyDescriptor(SubtleCrypto.prototype, 'exportKey');
		const exportKey = was?.value as ExportKey;
		SubtleCrypto.prototype.exportKey = async function (
			this: SubtleCrypto,
			format: string,
			key: CryptoKey
		) {
			const exported = await exportKey.call(this, format, key);
			if (key.type === 'public' && exported instanceof ArrayBuffer) {
				const keys = ((window as Noting).publicKeys ??= []);
				keys.push(btoa(String.fromCharCode(...new Uint8Array(exported))));
			}
			return exported;
		} as typeof SubtleCrypto.prototype.exportKey;
	});
}

/** The school's public key: the last one made on this page, raw in base64. */
export async function publicKeyOf(page: Page): Promise<string> {
	return page.evaluate(() => (window as Noting).publicKeys?.at(-1) ?? '');
}

/** Takes a card's code apart. Throws when it is none, or when this key did not sign it. */
export function checkCode(text: string, publicKey: string): CardCode {
	const parsed = parseCardCode(text);
	if (!parsed.ok) throw new Error(`${parsed.refusal}: ${text}`);
	const x = Buffer.from(publicKey, 'base64').toString('base64url');
	const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
	const { signed, signature } = parsed.value;
	if (!verify(null, signed, key, signature)) throw new Error(`not signed by this school: ${text}`);
	return parsed.value;
}
