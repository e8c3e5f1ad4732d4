import { firstLanguage, type Language } from '#lib/domain/kernel/languages.ts';
import type { School } from '#lib/domain/school/kinds.ts';
import { asMail, isAddress, type Letter } from '../mail/letter.ts';
import type { Recipient, Sender } from '../mail/letters.ts';
import { queueMail } from '../mail/outbox.ts';
import type { SchoolTx } from '../store/database.ts';
import type { AccountTools } from './tools.ts';

/** As a letter names the school and whom to ask. */
export function senderOf(school: School): Sender {
	const contact = [school.applicationManagerName, school.applicationManagerAddress].filter(
		(text) => text.trim() !== ''
	);
	return { school: school.name, contact: contact.length > 0 ? contact.join(', ') : null };
}

/** Queues a letter to somebody of a school. */
export function sendTo(
	tx: SchoolTx,
	{ keys, now }: AccountTools,
	{
		letter,
		to,
		language
	}: { readonly letter: Letter; readonly to: string; readonly language: Language }
): Promise<void> {
	return queueMail(tx, keys, { mail: asMail(letter, to, language), at: now().toISOString() });
}

/** Queues a letter to the applicatiebeheerder, where the school has said an address. */
export async function tellAdministration(
	tx: SchoolTx,
	tools: AccountTools,
	{
		school,
		letter
	}: { readonly school: School; readonly letter: (sender: Sender, to: Recipient) => Letter }
): Promise<void> {
	const to = school.applicationManagerAddress.trim();
	// The setting may also name a room.
	if (!isAddress(to)) return;
	const name = school.applicationManagerName.trim() || null;
	const language = firstLanguage;
	await sendTo(tx, tools, { letter: letter(senderOf(school), { language, name }), to, language });
}
