import { describe, expect, it } from 'vitest';
import { newId } from '#lib/crypto/random.ts';
import type { AnyRecord, History } from '#lib/domain/registry/records.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import {
	enrolmentRecord,
	firstAccount,
	pupilRecord,
	school,
	today
} from '#lib/domain/testing/test-school.ts';
import { parseJoinPart } from '#lib/protocol/join.ts';
import { overEveryEngine, type Tried } from '../store/testing/engines.ts';
import { foundSchool } from '../schools/founding.ts';
import { openSchool, takePart } from '../schools/moving-in.ts';
import { systemActor } from '#lib/domain/credentials/actor-ids.ts';
import { TestEndpoint } from './testing.ts';

const inviteHashOf = (school: Id) => `hash-${school}`;
const also = () => Promise.resolve();
/** Of a mutation that ran before this school was at the endpoint. */
const uid = 'uid-of-the-import';

/** A pupil of age, who may decide what the guardians see. */
const grownUp: readonly AnyRecord[] = [
	pupilRecord('adult', { groupId: null }),
	enrolmentRecord('adult'),
	{ kind: 'pupilIdentity', id: 'adult', birthDate: '2007-01-01', sex: 'X' },
	{
		kind: 'leerId',
		id: 'leerId-adult',
		pupilId: 'adult',
		type: 'advanced',
		userName: 'noor.peeters',
		passwordKind: 'own',
		secretId: 'secret-adult',
		email: null,
		mustChange: false,
		createdAt: `${today}T08:00:00.000Z`,
		lastSignInAt: null
	}
];

function imported(subjectId: Id, at: number): History {
	return {
		kind: 'history',
		id: `${uid}-${at}`,
		uid,
		batch: 'batch-import',
		mutation: 'import.write@1',
		actorId: firstAccount.id,
		madeAt: `${today}T08:00:00.000Z`,
		undoes: null,
		subjectId,
		changes: [{ op: 'add', kind: 'pupil', id: subjectId }]
	};
}

/** Each school has a number of its own. */
let lastNumber = 10_000;

/** With an import of some pupils in its history, of whom the grown-up is one. */
function movedRecords(id: Id, number: string): readonly AnyRecord[] {
	const others = ['p1', 'p2', 'p3'];
	return [
		{ ...school, id, number },
		firstAccount,
		...grownUp,
		...others.map((pupil) => pupilRecord(pupil, { groupId: null })),
		...['adult', ...others].map(imported)
	];
}

/** Returns the number of the school that may come. */
async function invite(endpoint: TestEndpoint, id: Id): Promise<string> {
	const number = String(++lastNumber);
	const row = {
		id: `invited-${id}`,
		number,
		name: '',
		invite_hash: inviteHashOf(id),
		made_at: ''
	};
	await endpoint.store.writeOutside(({ db }) =>
		db
			.insertInto('schools')
			.values({ ...row, state: 'invited' })
			.execute()
	);
	return number;
}

async function movedIn(tried: Tried) {
	const endpoint = new TestEndpoint(tried.store);
	const id = newId();
	const inviteHash = inviteHashOf(id);
	const records = movedRecords(id, await invite(endpoint, id));
	const { store, keys } = endpoint;
	const tools = { store, keys, clock: () => endpoint.now };
	const sent = { token: 'token-AAAAAAAAAAAAAAAAAA', school: id, part: 0, records, secrets: [] };
	const part = parseJoinPart(JSON.parse(JSON.stringify(sent)));
	if (!part) throw new Error('Not a part');
	expect(await takePart(tools, part, inviteHash)).toBeNull();
	const whole = { records: records.length, secrets: 0 };
	const end = { token: sent.token, school: id, whole };
	expect(await openSchool(tools, end, { inviteHash, also })).toBeNull();
	return { endpoint, id, pupils: async () => countPupils(await endpoint.records(id)) };
}

function countPupils(records: readonly AnyRecord[]): number {
	return records.filter(({ kind }) => kind === 'pupil').length;
}

const cardKey = { kind: 'cardKey', id: 'key', number: 1, publicKey: '', retiredAt: null } as const;
const cardKeyPrivate = { kind: 'cardKeyPrivate', id: 'key', privateKey: '' } as const;
const choosing = { pupilId: 'adult', allowed: true };

overEveryEngine((tried) => {
	describe('a uid', () => {
		it('of the moved-in history is known: nobody takes it for something of their own', async () => {
			const { endpoint, id, pupils } = await movedIn(tried);
			const pupil = endpoint.device(id, 'leerId-adult');
			pupil.add('guardianAccess.choose@1', choosing, { uid });
			pupil.add('change.undo@1', { uid, except: [] });
			const results = await pupil.sync();
			expect(results.map(({ refusal }) => refusal?.code)).toEqual(['notAllowed', 'notAllowed']);
			expect(await pupils()).toBe(4);
			const entries = (await endpoint.records(id)).filter(({ kind }) => kind === 'history');
			expect(entries.map((entry) => (entry as History).mutation)).toEqual(
				Array<string>(4).fill('import.write@1')
			);
		});

		it('of the moved-in history answers whoever made it that it was done', async () => {
			const { endpoint, id } = await movedIn(tried);
			const desk = endpoint.device(id);
			desk.add('print.start@1', { printRunId: 'run', title: 'A', cardCount: 1 }, { uid });
			expect(await desk.sync()).toMatchObject([{ refusal: null }]);
			expect(desk.records.has('printRun run')).toBe(false);
		});

		it('of what the endpoint did itself is known', async () => {
			const { endpoint, id } = await movedIn(tried);
			const made = newId();
			const refusal = await endpoint.schools.write(id, (writing) => {
				const madeAt = writing.now.toISOString();
				const args = { accountId: 'leerId-adult', cause: 'wrongPasswords' };
				const by = { uid: made, batch: null, actorId: systemActor.id, madeAt };
				const mutation = { name: 'signIn.block@1', args, ...by };
				return writing.make({ mutation, madeAt, actor: systemActor });
			});
			expect(refusal).toBeNull();
			const desk = endpoint.device(id);
			desk.add('print.start@1', { printRunId: 'run', title: 'A', cardCount: 1 }, { uid: made });
			expect(await desk.sync()).toMatchObject([{ refusal: { code: 'notAllowed' } }]);
			const [entry] = (await endpoint.records(id)).filter(({ id: own }) => own === `${made}-0`);
			expect(entry).toMatchObject({ mutation: 'signIn.block@1', actorId: systemActor.id });
		});

		it('of a school’s founding is known', async () => {
			const endpoint = new TestEndpoint(tried.store);
			const id = newId();
			const own = { ...school, id, number: await invite(endpoint, id) };
			const args = { school: own, account: firstAccount, cardKey, cardKeyPrivate };
			const founding = { uid: 'uid-of-founding', batch: null, actorId: firstAccount.id };
			const made = { ...founding, madeAt: `${today}T08:00:00.000Z` };
			const mutation = { name: 'school.create@1', args, ...made };
			const founded = await foundSchool(endpoint, {
				mutation,
				inviteHash: inviteHashOf(id),
				also
			});
			expect(founded).toEqual({ ok: true });
			const desk = endpoint.device(id);
			const before = (await endpoint.records(id)).filter(({ kind }) => kind === 'history');
			desk.add(
				'school.changeSettings@1',
				{ edit: { name: [own.name, 'Anders'] } },
				{ uid: founding.uid }
			);
			expect(await desk.sync()).toMatchObject([{ refusal: null }]);
			expect((await endpoint.records(id)).filter(({ kind }) => kind === 'history')).toEqual(before);
			expect(desk.records.get(`school ${id}`)).toMatchObject({ name: own.name });
		});

		it('whose reason was let go is known all the same', async () => {
			const { endpoint, id } = await movedIn(tried);
			const desk = endpoint.device(id);
			const refused = desk.add('print.saved@1', { printRunId: 'nothing' });
			await desk.sync();
			await desk.sync();
			const again = endpoint.device(id);
			again.add('print.start@1', { printRunId: 'run', title: 'A', cardCount: 1 }, { uid: refused });
			expect(await again.sync()).toMatchObject([{ refusal: { code: 'failed' } }]);
			expect(again.records.has('printRun run')).toBe(false);
		});

		it('of somebody else says nothing of what became of theirs, and costs them nothing', async () => {
			const { endpoint, id } = await movedIn(tried);
			const desk = endpoint.device(id);
			const args = { printRunId: 'run', title: 'A', cardCount: 1 };
			const done = desk.add('print.start@1', args);
			await desk.send();
			const thief = endpoint.device(id, 'leerId-adult');
			thief.add('guardianAccess.choose@1', choosing, { uid: done });
			expect(await thief.sync()).toMatchObject([{ refusal: { code: 'notAllowed' } }]);
			expect(await desk.sync()).toMatchObject([{ refusal: null }]);
		});

		it('may be the beginning of another: each has its own history', async () => {
			const { endpoint, id, pupils } = await movedIn(tried);
			const desk = endpoint.device(id);
			desk.add(
				'school.changeSettings@1',
				{ edit: { offlineHours: [72, 24] } },
				{ uid: `${uid}-0` }
			);
			desk.add('change.undo@1', { uid, except: [] });
			expect((await desk.sync()).map(({ refusal }) => refusal)).toEqual([null, expect.anything()]);
			expect(await pupils()).toBe(4);
		});
	});
});
