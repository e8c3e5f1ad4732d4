import { createHash } from 'node:crypto';
import type { Secret } from '#lib/domain/credentials/secret.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';

/** The school of the golden files: its people, and what they type to get in. All made up. */

/** The id of something by its name here: 16 bytes in base64url, as the app draws them. */
export function idOf(name: string): Id {
	return createHash('sha256').update(name).digest().subarray(0, 16).toString('base64url');
}

/** The value of `ENDPOINT_KEY`: opens what the golden databases keep sealed. */
export const endpointKey = Buffer.alloc(32, 'golden').toString('base64url');

/** Of the school without a server. */
export const recoveryCode = 'GUADE-NSCHU-EDENG-AARDE-VANHE-DENXB';

export const schoolNumber = '123456';
export const schoolId = idOf('school');

export const passwords = {
	administrator: 'paard batterij nietje',
	colleague: 'lepel wolken dakpan',
	teacher: 'fiets lamp kastje raam',
	guardian: 'Fietspomp7',
	pupil: 'Sneeuwpop4'
} as const;

/** The accounts that unlock or sign in, as the school knows them when a golden file ends. */
export const accounts = {
	administrator: { id: idOf('account/administrator'), userName: 'an.peeters' },
	colleague: { id: idOf('account/colleague'), userName: 'fatima.haddad' },
	teacher: { id: idOf('account/teacher'), userName: 'bart.willems' },
	guardian: { id: idOf('account/guardian'), userName: 'jvandenberg' },
	/** Of age; an advanced LeerID. */
	pupil: { id: idOf('leerId/lina'), userName: 'lina.haddad' }
} as const;

export type AccountName = keyof typeof accounts;

export function word(text: string): Secret {
	return { kind: 'word', text };
}

export function temporary(text: string): Secret {
	return { kind: 'temporary', text };
}

/** Ed25519, RFC 8032 §7.1, the first three: public halves raw, private halves PKCS #8. */
export const cardKeys = [
	{
		publicKey: hex('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a'),
		privateKey: pkcs8('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60')
	},
	{
		publicKey: hex('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c'),
		privateKey: pkcs8('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb')
	},
	{
		publicKey: hex('fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025'),
		privateKey: pkcs8('c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7')
	}
] as const;

function hex(text: string): string {
	return Buffer.from(text, 'hex').toString('base64url');
}

function pkcs8(seed: string): string {
	return hex(`302e020100300506032b657004220420${seed}`);
}

/** The texts that somebody typed on the page of settings and did not save: field → value. */
export const typedSettings = { name: 'Basisschool De Sleutelbloem', lockAfterMinutes: 20 } as const;
