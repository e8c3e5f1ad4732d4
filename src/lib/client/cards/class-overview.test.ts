import { expect, test } from 'vitest';
import { newId } from '#lib/crypto/random.ts';
import { newSigningKeyPair } from '#lib/crypto/signing.ts';
import { parseCardCode } from '#lib/domain/cards/card-code.ts';
import {
	group,
	pupilRecord,
	school as baseSchool,
	TestSchool
} from '#lib/domain/testing/test-school.ts';
import { checkCard } from './check-card.ts';
import { overviewJob } from './class-overview.ts';
import { testSession } from '../session/test-session.ts';

/** Pupils a and b in one group; a has a card. */
async function printed() {
	const test = new TestSchool('a', 'b');
	const { publicKey, privateKey } = await newSigningKeyPair();
	const school = { ...baseSchool, id: newId() };
	test.state.apply({
		puts: [
			school,
			{ kind: 'cardKey', id: 'key-1', number: 1, publicKey, retiredAt: null },
			{ kind: 'cardKeyPrivate', id: 'key-1', privateKey },
			pupilRecord('b', { givenName: 'Zeno', familyName: 'Aerts' })
		],
		removes: [{ kind: 'school', id: baseSchool.id }]
	});
	test.startPrint();
	const cardId = newId();
	const ids = { leerIdId: 'leerId-a', pupilId: 'a', secretId: 'secret', printRunId: 'print-1' };
	const basic = { type: 'basic', userName: 'user.a', passwordKind: 'word' } as const;
	test.make('leerId.create@1', { ...ids, ...basic, cardId });
	const { session } = testSession(test);
	const preferences = { print: { offset: { x: 0, y: 0 } }, locale: 'nl' };
	Object.assign(session, { preferences });
	Object.defineProperty(session, 'school', { get: () => school });
	return { test, session, cardId };
}

test('has the pupils of the group by surname, each with the code of the card that holds', async () => {
	const { session, cardId } = await printed();
	const job = await overviewJob(session, group.id);
	if (!job.ok) throw new Error(job.refusal.code);
	expect(job.value.pupils.map(({ name }) => name)).toEqual(['Zeno Aerts', 'Abdulghani Bogdan']);
	const [without, withCard] = job.value.pupils;
	expect(without).toMatchObject({ userName: '', qr: null });
	expect(parseCardCode(withCard?.qr ?? '')).toMatchObject({ ok: true, value: { cardId } });
	expect(await checkCard(session, withCard?.qr ?? '')).toMatchObject({ answer: 'current' });
	expect(JSON.stringify(job.value)).not.toContain('secret');
});

test('has no code for a card that was revoked, and no pupil who has left', async () => {
	const { test, session, cardId } = await printed();
	test.make('card.revoke@1', { cardId });
	const job = await overviewJob(session, group.id);
	expect(job.ok && job.value.pupils.map(({ qr }) => qr)).toEqual([null, null]);
	test.state.apply({ puts: [], removes: [{ kind: 'enrolment', id: 'enrolment-b' }] });
	const later = await overviewJob(session, group.id);
	expect(later.ok && later.value.pupils.map(({ name }) => name)).toEqual(['Abdulghani Bogdan']);
});

test('needs the key that signs cards, and somebody to print', async () => {
	const { test, session } = await printed();
	expect(await overviewJob(session, 'x')).toMatchObject({ refusal: { code: 'nothingToPrint' } });
	test.state.apply({ puts: [], removes: [{ kind: 'cardKeyPrivate', id: 'key-1' }] });
	expect(await overviewJob(session, group.id)).toMatchObject({ refusal: { code: 'mayNotSign' } });
});
