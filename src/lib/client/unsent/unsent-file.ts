import { fromBase64url, fromUtf8, toBase64url, toUtf8 } from '#lib/crypto/bytes.ts';
import { importDataKey } from '#lib/crypto/data-key.ts';
import { open, seal } from '#lib/crypto/seal.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import { ok, refuse, type Result } from '#lib/domain/kernel/result.ts';
import type { Entry } from '#lib/vault/pages/entry.ts';
import type { VaultFailure } from '#lib/vault/disk/failure.ts';
import { Outbox } from '#lib/vault/outbox/outbox.ts';
import { ask, type AskFailure } from '../browser/ask.ts';
import { deviceName } from '../browser/device-name.ts';
import { startSession } from '../sync/session-questions.ts';
import type { Session } from '../session/session.svelte.ts';

/**
 * The changes that wait to be sent, outside the browser that holds them: names, addresses and
 * passwords, so the file is sealed by its vault's key. The server has that key, and gives it to the
 * account alone.
 */
export interface UnsentFile {
	readonly format: 'schoolsleutel-unsent';
	readonly version: 1;
	readonly school: Id;
	readonly account: Id;
	readonly vault: Id;
	/** `Entry[]` as JSON. */
	readonly sealed: string;
}

export type OpenFileFailure =
	| AskFailure
	| VaultFailure
	/** `notUnsent`: another kind of file, or a damaged one. `otherAccount`: somebody else's. */
	| { readonly code: 'notUnsent' | 'otherAccount' };

/** All that waits, as a file that only this account can open. */
export async function unsentFile(session: Session): Promise<Result<Blob, VaultFailure>> {
	const { vault, membership, replica } = session;
	const entries = await new Outbox(replica).entries();
	if (!entries.ok) return entries;
	const { handover } = vault;
	if (!handover || !membership) return refuse({ code: 'locked' });
	const bytes = toUtf8(JSON.stringify(entries.value));
	const sealed = await seal(handover.key, bytes, placeOf(vault.vaultId));
	const file: UnsentFile = {
		format: 'schoolsleutel-unsent',
		version: 1,
		school: membership.schoolId,
		account: vault.accountId,
		vault: vault.vaultId,
		sealed: toBase64url(sealed)
	};
	return ok(new Blob([JSON.stringify(file)], { type: 'application/json' }));
}

/** Reads such a file; null: it is none. */
export function readUnsentFile(text: string): UnsentFile | null {
	try {
		const file = JSON.parse(text) as Partial<UnsentFile> | null;
		const isOurs = file?.format === 'schoolsleutel-unsent' && file.version === 1;
		const fields = [file?.school, file?.account, file?.vault, file?.sealed];
		return isOurs && fields.every((field) => typeof field === 'string')
			? (file as UnsentFile)
			: null;
	} catch {
		return null;
	}
}

/**
 * Takes over the changes that another device of the account could not send. Uids stay, so that a
 * change that arrived after all is not made twice.
 *
 * @param password for the server to give the key of that device's vault
 * @returns how many mutations were in it
 */
export async function takeOverFile(
	session: Session,
	file: UnsentFile,
	password: string
): Promise<Result<number, OpenFileFailure>> {
	const { vault, membership, replica, userName } = session;
	if (file.account !== vault.accountId || file.school !== membership?.schoolId) {
		return refuse({ code: 'otherAccount' });
	}
	const answer = await ask(
		startSession({
			school: file.school,
			userName,
			password,
			vault: file.vault,
			deviceName: deviceName(navigator.userAgent)
		}),
		vault.sessionKey
	);
	if (!answer.ok) return answer;
	await vault.sessionKey.keep(answer.value.key);
	const [kept] = answer.value.keys;
	if (!kept) return refuse({ code: 'notUnsent' });
	const entries = await entriesOf(file, kept.key);
	if (!entries) return refuse({ code: 'notUnsent' });
	const added = await new Outbox(replica).add(entries);
	return added.ok ? ok(entries.length) : added;
}

async function entriesOf({ vault, sealed }: UnsentFile, key: string): Promise<Entry[] | null> {
	try {
		const opened = await open(await importDataKey(key), fromBase64url(sealed), placeOf(vault));
		return JSON.parse(fromUtf8(opened)) as Entry[];
	} catch {
		return null;
	}
}

function placeOf(vaultId: string): string {
	return `${vaultId}/unsent-file`;
}
