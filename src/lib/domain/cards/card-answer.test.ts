import { describe, expect, it } from 'vitest';
import type { CredentialCard } from '../credentials/kinds.ts';
import type { CardKey } from './kinds.ts';
import { ok, refuse, type Result } from '../kernel/result.ts';
import {
	administratorWith,
	school as theSchool,
	TestSchool,
	today
} from '../testing/test-school.ts';
import { cardAnswer } from './card-answer.ts';
import type { CardCode, UnreadableCard } from './card-code.ts';
import { signingKeyOf } from './card-key.ts';

const key: CardKey = {
	kind: 'cardKey',
	id: 'key-1',
	number: 1,
	publicKey: 'public-1',
	retiredAt: null
};

function printed() {
	const school = new TestSchool('a');
	school.state.apply({
		puts: [key, { kind: 'cardKeyPrivate', id: 'key-1', privateKey: 'private-1' }],
		removes: []
	});
	school.withLeerId('a');
	return school;
}

const code = (fields: Partial<CardCode> = {}): Result<CardCode, UnreadableCard> =>
	ok({
		schoolId: theSchool.id,
		cardId: 'card-a-1',
		keyNumber: 1,
		signed: new Uint8Array(35),
		signature: new Uint8Array(64),
		...fields
	});

describe('a scanned card', () => {
	const ask = (school: TestSchool, scanned = code(), isSigned = true, on = today) =>
		cardAnswer(school.state, scanned, isSigned, on);

	it('is current with its signature, its record and an account that works', () => {
		const school = printed();
		const card = school.state.get('credentialCard', 'card-a-1');
		const pupil = school.state.get('pupil', 'a');
		expect(ask(school)).toEqual({ answer: 'current', card, pupil });
	});

	it('was replaced once there is a newer one, and says since when', () => {
		const school = printed();
		const madeAt = '2026-11-21T11:00:00.000Z';
		school.make('leerId.renew@1', school.renewal('a', 2), { madeAt });
		expect(ask(school)).toMatchObject({ answer: 'replaced', since: madeAt, pupil: { id: 'a' } });
		expect(ask(school, code({ cardId: 'card-a-2' }))).toMatchObject({ answer: 'current' });
	});

	it('was revoked, and stays so after a new one', () => {
		const school = printed();
		school.make('card.revoke@1', { cardId: 'card-a-1' });
		expect(ask(school)).toMatchObject({ answer: 'revoked' });
		school.make('leerId.renew@1', { ...school.renewal('a', 2), fromSecretId: null });
		expect(ask(school)).toMatchObject({ answer: 'revoked' });
	});

	it('is inactive after the enrolment', () => {
		expect(ask(printed(), code(), true, '2027-09-01')).toMatchObject({
			answer: 'inactive',
			endedOn: '2027-08-31'
		});
	});

	it('is inactive when its pupil is gone', () => {
		const school = printed();
		school.state.apply({ puts: [], removes: [{ kind: 'pupil', id: 'a' }] });
		expect(ask(school)).toMatchObject({ answer: 'inactive', pupil: null });
	});

	it('may be another school’s, whoever signed it', () => {
		const others = code({ schoolId: 'school-2' });
		for (const isSigned of [true, false])
			expect(ask(printed(), others, isSigned)).toEqual({ answer: 'otherSchool' });
	});

	it('is not genuine without a signature by a key of this school', () => {
		const school = printed();
		const bad = { answer: 'notGenuine', why: 'badSignature' };
		expect(ask(school, code(), false)).toEqual(bad);
		expect(ask(school, code({ keyNumber: 2 }))).toEqual(bad);
		const changed = code({ cardId: 'card-x' });
		expect(ask(school, changed, false)).toEqual(bad);
	});

	it('is not genuine once its key was replaced', () => {
		const school = printed();
		const rotation = {
			fromKeyId: 'key-1',
			publicKey: 'public-2',
			cardKeyPrivate: { kind: 'cardKeyPrivate', id: 'key-2', privateKey: 'private-2' }
		} as const;
		expect(school.make('cardKey.rotate@1', rotation)).toBeNull();
		expect(ask(school)).toEqual({ answer: 'notGenuine', why: 'retiredKey' });
		expect(ask(school, code({ keyNumber: 2 }))).toMatchObject({ answer: 'current' });
	});

	it('is unknown where this device has no such card, though this school signed it', () => {
		expect(ask(printed(), code({ cardId: 'card-x' }))).toEqual({ answer: 'unknownCard' });
	});

	it('is no card where its text is none', () => {
		for (const why of ['notACard', 'damaged', 'newerVersion'] as const)
			expect(ask(printed(), refuse(why))).toEqual({ answer: 'noCard', why });
	});

	it('is current in no other way: never without its record, its state and its signature', () => {
		const school = printed();
		const card = school.state.get('credentialCard', 'card-a-1') as CredentialCard;
		const states = ['current', 'replaced', 'revoked', null] as const;
		for (const state of states) {
			const [puts, removes] = state
				? [[{ ...card, state }], []]
				: [[], [{ kind: 'credentialCard', id: card.id } as const]];
			school.state.apply({ puts, removes });
			for (const isSigned of [true, false]) {
				for (const keyNumber of [1, 2]) {
					for (const schoolId of [theSchool.id, 'school-2']) {
						const { answer } = ask(school, code({ keyNumber, schoolId }), isSigned);
						const may =
							state === 'current' && isSigned && keyNumber === 1 && schoolId === theSchool.id;
						expect(answer === 'current').toBe(may);
					}
				}
			}
		}
	});
});

describe('replacing the key that signs cards', () => {
	const rotation = (from: string, to: string) =>
		({
			fromKeyId: from,
			publicKey: `public of ${to}`,
			cardKeyPrivate: { kind: 'cardKeyPrivate', id: to, privateKey: 'private' }
		}) as const;

	it('retires the old one, and takes its private half away', () => {
		const school = printed();
		const madeAt = '2026-11-21T11:00:00.000Z';
		school.make('cardKey.rotate@1', rotation('key-1', 'key-2'), { madeAt });
		expect(school.state.get('cardKey', 'key-1')?.retiredAt).toBe(madeAt);
		expect(school.state.get('cardKeyPrivate', 'key-1')).toBeUndefined();
		expect(signingKeyOf(school.state)).toMatchObject({ id: 'key-2', number: 2, retiredAt: null });
	});

	it('is done once when two people do it at the same time', () => {
		const school = printed();
		school.make('cardKey.rotate@1', rotation('key-1', 'key-2'));
		const second = school.make('cardKey.rotate@1', rotation('key-1', 'key-3'));
		expect(second).toMatchObject({ code: 'changedMeanwhile', field: 'retiredAt' });
		expect(school.state.count('cardKey')).toBe(2);
	});

	it('cannot be undone, and is for who may sign', () => {
		const school = printed();
		const actor = administratorWith('leerId');
		const refused = school.make('cardKey.rotate@1', rotation('key-1', 'key-2'), { actor });
		expect(refused).toEqual({ code: 'notAllowed' });
		school.make('cardKey.rotate@1', rotation('key-1', 'key-2'));
		expect(school.undo(school.uid)).toEqual({ code: 'notAllowed' });
	});

	it('leaves nothing of a private key in the history', () => {
		const school = printed();
		school.make('cardKey.rotate@1', rotation('key-1', 'key-2'));
		expect(JSON.stringify([...school.state.all('history')])).not.toContain('private');
	});
});
