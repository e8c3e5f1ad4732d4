import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { escape } from '../mail/letter.ts';
import type { FiledMail } from '../mail/transport.ts';
import { refusal } from './answers.ts';
import { open, type Call } from './route.ts';

const mostShown = 50;

/**
 * `GET /api/mail`: the mails that no server sends, for who tries the app on their own machine, or has
 * set `DEMO_MAIL`. It exists nowhere else: these mails let people in.
 */
export const getMails = open(null, async ({ call }) => {
	const folder = call.endpoint.mailFolder;
	if (folder === null || !mayRead(call)) return refusal({ code: 'notFound' });
	const mails = await newestMails(folder);
	return new Response(pageOf(mails), {
		headers: {
			'content-type': 'text/html; charset=utf-8',
			'content-security-policy': "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
			'cache-control': 'no-store'
		}
	});
});

/** From this very machine, where no proxy was ever seen that could stand for somebody else. */
function mayRead({ endpoint, place, address }: Call): boolean {
	if (endpoint.mailReaders === 'everybody') return true;
	const isHere = /^(?:127\.|::1$|::ffff:127\.)/.test(address);
	return isHere && place.plain && !endpoint.reach.others;
}

async function newestMails(folder: string): Promise<FiledMail[]> {
	// Their names begin with their time.
	const files = (await readdir(folder).catch(() => [])).filter((file) => file.endsWith('.json'));
	const newest = files.sort().reverse().slice(0, mostShown);
	const texts = await Promise.all(newest.map((file) => readFile(join(folder, file), 'utf8')));
	return texts.map((text) => JSON.parse(text) as FiledMail);
}

function pageOf(mails: readonly FiledMail[]): string {
	const articles = mails.map(
		(mail) => `<article lang="${escape(mail.language)}">
<h2>${escape(mail.subject)}</h2>
<p>Aan: ${escape(mail.to)}<br><time datetime="${escape(mail.sentAt)}">${escape(mail.sentAt)}</time></p>
<pre>${linked(mail.text)}</pre>
</article>`
	);
	return `<!doctype html>
<html lang="nl"><head><meta charset="utf-8"><title>Verzonden mail</title></head><body>
<h1>Verzonden mail</h1>
<p>Zonder SMTP_URL verstuurt Schoolsleutel geen mail. Wat verzonden zou zijn, staat hier, het nieuwste boven.</p>
${articles.join('\n<hr>\n') || '<p>Nog geen mail.</p>'}
</body></html>`;
}

function linked(text: string): string {
	return escape(text).replace(/https?:\/\/\S+/g, (link) => `<a href="${link}">${link}</a>`);
}
