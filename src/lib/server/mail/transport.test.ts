import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Mail } from './letter.ts';
import { startSmtpServer, type SmtpServer } from './testing/smtp-server.ts';
import { fileTransport, MailRefused, smtpTransport, type MailTransport } from './transport.ts';

const mail: Mail = {
	to: 'ouder@example.org',
	subject: 'Wachtwoord wijzigen',
	text: 'Goedendag,\n\n.\nŁukasz\n',
	html: '<p>Goedendag</p>',
	language: 'nl'
};

let server: SmtpServer;
let smtp: MailTransport;
beforeEach(async () => {
	server = await startSmtpServer();
	smtp = smtpTransport(server.url, 'school@schoolsleutel.example');
});
afterEach(async () => {
	smtp.close();
	await server.close();
});

/** Headers of the last mail, unfolded. */
function headers(): string[] {
	const [head = ''] = (server.received.at(-1)?.data ?? '').split('\n\n', 1);
	return head.replace(/\n[ \t]+/g, ' ').split('\n');
}

test('a mail arrives with both forms, its language, and an id that is the same each time', async () => {
	await smtp.send(mail, 'abc');
	await smtp.send(mail, 'abc');
	expect(server.received).toHaveLength(2);
	expect(server.received[0]?.to).toEqual(['RCPT TO:<ouder@example.org>']);
	expect(headers()).toEqual(
		expect.arrayContaining([
			'Message-ID: <abc@schoolsleutel.example>',
			'Subject: Wachtwoord wijzigen',
			'Content-Language: nl',
			'Auto-Submitted: auto-generated'
		])
	);
	expect(server.received[0]?.data).toContain('text/plain');
	expect(server.received[0]?.data).toContain('text/html');
});

test.each([
	{ to: 'ouder@example.org\r\nBcc: dief@example.org' },
	{ to: 'ouder@example.org, dief@example.org' },
	{ to: 'ouder@example.org>\r\nRCPT TO:<dief@example.org' },
	{ to: '"x" <dief@example.org>' }
])('an address with more in it is never sent to: %j', async (bad) => {
	await expect(smtp.send({ ...mail, ...bad }, 'abc')).rejects.toThrow(MailRefused);
	expect(server.received).toHaveLength(0);
});

test('no text makes a header of its own', async () => {
	await smtp.send(
		{
			...mail,
			subject: 'x\r\nBcc: dief@example.org\r\n\r\nrest',
			language: 'nl\r\nBcc: dief@example.org'
		},
		'abc'
	);
	expect(headers().filter((line) => /^bcc/i.test(line))).toEqual([]);
	expect(server.received[0]?.to).toHaveLength(1);
});

test('what the server will never take is told apart from what it takes later', async () => {
	server.answer = '550 no such user';
	await expect(smtp.send(mail, 'abc')).rejects.toThrow(MailRefused);
	server.answer = '451 come back';
	const later = await smtp.send(mail, 'abc').catch((error: unknown) => error);
	expect(later).toBeInstanceOf(Error);
	expect(later).not.toBeInstanceOf(MailRefused);
});

test('without a mail server each mail is a file that only its owner may read', async () => {
	const folder = join(mkdtempSync(join(tmpdir(), 'mail-')), 'mail');
	const files = fileTransport(folder, () => new Date('2026-11-23T08:30:00.000Z'));
	await files.send(mail, 'abc');
	const [file = ''] = readdirSync(folder);
	expect(file).toBe('2026-11-23T08-30-00.000Z-abc.json');
	expect(JSON.parse(readFileSync(join(folder, file), 'utf8'))).toMatchObject(mail);
	expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600);
});
