import type { Instant } from '#lib/domain/kernel/ids.ts';
import { NeverDone, type DueHandler } from '../due/worker.ts';
import type { Keys } from '../base/keys.ts';
import type { SchoolTx } from '../store/database.ts';
import { addDue } from '../store/due.ts';
import type { Mail } from './letter.ts';
import { MailRefused, type MailTransport } from './transport.ts';

/** How mails are called among the work that is due. */
export const mailKind = 'mail';

/**
 * Puts a mail into the outbox, in the transaction of what it tells of. Sealed: it holds addresses
 * and links that let people in.
 */
export async function queueMail(
	tx: SchoolTx,
	keys: Keys,
	{ mail, at }: { readonly mail: Mail; readonly at: Instant }
): Promise<void> {
	const body = keys.seal('mail', JSON.stringify(mail), tx.school);
	await addDue(tx, { kind: mailKind, body, at });
}

/** Sends what `queueMail` put there. */
export function mailSender(keys: Keys, transport: MailTransport): DueHandler {
	return async ({ id, school, body }) => {
		const mail = JSON.parse(keys.open('mail', String(body), school ?? '')) as Mail;
		try {
			await transport.send(mail, id);
		} catch (error) {
			if (error instanceof MailRefused) throw new NeverDone();
			throw error;
		}
	};
}
