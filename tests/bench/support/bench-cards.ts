import { newPassword } from '#lib/client/leer-id/commands.ts';
import { createSchoolArgs } from '#lib/client/school/new-school.ts';
import { newId } from '#lib/crypto/random.ts';
import { importSigningKey, sign } from '#lib/crypto/signing.ts';
import { encodeCardPayload, formatCardCode } from '#lib/domain/cards/card-code.ts';
import type { CardContent } from '#lib/domain/cards/print-job.ts';
import { leerIdUserNameBase, userNameGenerator } from '#lib/domain/credentials/user-name.ts';
import { fullNameOf } from '#lib/domain/people/names.ts';
import { bulkRoster } from '../../support/bulk-roster.ts';
import { benchStaff } from './staff.ts';

/** Half of them with a word, a quarter with pictures, a quarter with a temporary password. */
const kinds = ['word', 'image', 'word', 'temporary'] as const;

/** Cards of so many pupils, their codes signed. */
export async function signedCards(count: number): Promise<CardContent[]> {
	const form = { name: 'De Meetlat', number: '123456', ...benchStaff };
	const { school, cardKeyPrivate } = await createSchoolArgs(form);
	const key = await importSigningKey(cardKeyPrivate.privateKey);
	const given = new Set<string>();
	const nextUserName = userNameGenerator((name) => given.has(name));
	const cards: CardContent[] = [];
	for (const [at, row] of bulkRoster({ pupils: count }).pupils.entries()) {
		const pupil = { ...row, namePrefix: row.namePrefix ?? '' };
		const userName = nextUserName(leerIdUserNameBase(pupil));
		given.add(userName);
		const payload = encodeCardPayload({ schoolId: school.id, cardId: newId(), keyNumber: 1 });
		const kind = kinds[at % kinds.length] ?? 'word';
		cards.push({
			pupilName: fullNameOf(pupil),
			pupilNumber: pupil.pupilNumber,
			groupName: pupil.groupName ?? '',
			type: kind === 'temporary' ? 'advanced' : 'basic',
			userName,
			loginAddress: `${school.loginBase}${userName}`,
			secret: newPassword(kind, school).secret,
			qr: formatCardCode(payload, await sign(key, payload))
		});
	}
	return cards;
}
