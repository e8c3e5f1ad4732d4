import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import type { Id } from '#lib/domain/kernel/ids.ts';
import { isAddress, type Mail } from './letter.ts';

/** Where mails go. */
export interface MailTransport {
	/**
	 * Hands a mail over. Rejects when that may work later.
	 * @param id the same for every attempt, so that a mail that is sent twice can be known as one
	 * @throws MailRefused when it never will
	 */
	send(mail: Mail, id: Id): Promise<void>;
	close(): void;
}

/** The mail itself is refused: trying again would not help. */
export class MailRefused extends Error {
	override readonly name = 'MailRefused';
}

/** How long a server may take for each step, in milliseconds. */
const timeouts = { connectionTimeout: 20_000, greetingTimeout: 20_000, socketTimeout: 60_000 };

/**
 * Sends by SMTP.
 * @param url `smtp://USER:PASSWORD@HOST:PORT`, or `smtps://` for TLS from the start
 * @param from the sender's address
 */
export function smtpTransport(url: string, from: string): MailTransport {
	const smtp = createTransport({ url, pool: true, maxConnections: 2, ...timeouts });
	const domain = from.split('@').at(-1) ?? 'localhost';
	return {
		async send(mail, id) {
			if (!isAddress(mail.to)) throw new MailRefused();
			try {
				await smtp.sendMail({
					// As an object it is one recipient, whatever stands in it.
					to: { name: '', address: mail.to },
					from: { name: 'Schoolsleutel', address: from },
					subject: mail.subject,
					text: mail.text,
					html: mail.html,
					messageId: `<${id}@${domain}>`,
					headers: {
						'Content-Language': mail.language,
						// No "I am on holiday" in return (RFC 3834).
						'Auto-Submitted': 'auto-generated'
					},
					disableFileAccess: true,
					disableUrlAccess: true
				});
			} catch (error) {
				if (isPermanent(error)) throw new MailRefused();
				throw error;
			}
		},
		close: () => smtp.close()
	};
}

/** A mail as it lies in a file of `mailFolder`. */
export interface FiledMail extends Mail {
	readonly sentAt: string;
}

/** Lays each mail down as a JSON file, for people who try the app without a mail server. */
export function fileTransport(folder: string, now: () => Date): MailTransport {
	return {
		async send(mail, id) {
			if (!isAddress(mail.to)) throw new MailRefused();
			await mkdir(folder, { recursive: true, mode: 0o700 });
			const filed: FiledMail = { ...mail, sentAt: now().toISOString() };
			// Under another name until it is whole: its page may be reading.
			const file = join(folder, `${filed.sentAt.replaceAll(':', '-')}-${id}.json`);
			await writeFile(`${file}.part`, JSON.stringify(filed, null, '\t'), { mode: 0o600 });
			await rename(`${file}.part`, file);
		},
		close: () => undefined
	};
}

/** SMTP's 5xx: the server will not have it, now or later (RFC 5321 4.2.1). */
function isPermanent(error: unknown): boolean {
	const { responseCode } = error as { readonly responseCode?: unknown };
	return typeof responseCode === 'number' && responseCode >= 500;
}
