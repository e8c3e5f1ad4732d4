import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSyncAnswer } from './sync-answer.ts';
import { parseSyncRequest, type SyncRequest } from './sync-request.ts';

const request: SyncRequest = {
	schema: 1,
	account: 'account-1',
	clientId: 'client-1',
	confirmed: 3,
	cookie: {
		epoch: 'epoch-1',
		version: 7,
		scopes: ['school', 'pupil/a/name'],
		reading: { since: 7, gained: ['school/name'], position: ['school', 5, 'pupil', 'a'] }
	},
	mutations: [
		{
			number: 4,
			mutation: {
				name: 'leerId.renew@1',
				args: { anything: [1] },
				uid: 'uid-4',
				batch: null,
				actorId: 'account-1',
				madeAt: '2026-11-21T09:00:00.000Z'
			},
			secrets: { 'secret-1': { kind: 'word', text: 'zal659' } }
		}
	],
	unsent: false
};

describe('a request', () => {
	it('parses into itself', () => {
		expect(parseSyncRequest(JSON.parse(JSON.stringify(request)))).toEqual(request);
	});

	it('leaves out what it does not know', () => {
		expect(parseSyncRequest({ ...request, later: 1 })).toEqual(request);
	});

	it.each([
		['no number', { confirmed: '3' }],
		['a number below nothing', { confirmed: -1 }],
		['an id with other letters', { account: "account'; --" }],
		['too many mutations', { mutations: Array(501).fill(request.mutations[0]) }],
		['a time that is none', { mutations: [altered({ madeAt: '2026-13-41T09:00:00.000Z' })] }]
	])('is none with %s', (_, fields) => {
		expect(parseSyncRequest({ ...request, ...fields })).toBeNull();
	});

	it('with a cookie that says nothing is one without a cookie', () => {
		for (const cookie of ['', 7, {}, { ...request.cookie, version: -1 }]) {
			expect(parseSyncRequest({ ...request, cookie })).toEqual({ ...request, cookie: null });
		}
	});

	it('takes no secret under a prototype', () => {
		const mutations = [withSecrets('{"__proto__":{"kind":"word","text":"zal659"}}')];
		expect(parseSyncRequest({ ...request, mutations })?.mutations[0]?.secrets).toEqual({});
	});

	it('never throws, whatever comes', () => {
		fc.assert(
			fc.property(fc.anything({ withNullPrototype: true }), (value) => void parseSyncRequest(value))
		);
		fc.assert(fc.property(fc.json(), (text) => void parseSyncRequest(JSON.parse(text))));
	});
});

describe('an answer', () => {
	it('parses into itself', () => {
		const answers = [
			{
				kind: 'synced',
				cookie: request.cookie,
				results: [{ uid: 'uid-4', number: 4, refusal: { code: 'notEnrolled' } }],
				afresh: false,
				removes: [{ kind: 'history', id: 'uid-4-0' }],
				puts: [{ kind: 'group', id: 'g', name: '1A' }],
				lostScopes: [],
				scopes: ['school'],
				more: true,
				today: '2026-11-21'
			},
			{ kind: 'renumber', lastMadeAt: null },
			{ kind: 'update' }
		];
		for (const answer of answers) expect(parseSyncAnswer(answer)).toEqual(answer);
	});

	it('never throws, whatever comes', () => {
		fc.assert(
			fc.property(fc.anything({ withNullPrototype: true }), (value) => void parseSyncAnswer(value))
		);
		expect(parseSyncAnswer('<html>Sign in to the guest network</html>')).toBeNull();
	});
});

function altered(fields: object): unknown {
	const [sent] = request.mutations;
	return { ...sent, mutation: { ...sent?.mutation, ...fields } };
}

function withSecrets(text: string): unknown {
	return { ...request.mutations[0], secrets: JSON.parse(text) as unknown };
}
