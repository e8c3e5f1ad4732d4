import { beforeEach, expect, test, vi } from 'vitest';
import type { Mutation } from '#lib/domain/kernel/mutation.ts';
import type { Json } from '#lib/domain/kernel/ids.ts';
import { ok, refuse } from '#lib/domain/kernel/result.ts';
import { school as schoolRecord, TestSchool } from '#lib/domain/testing/test-school.ts';
import { testSession } from '../session/test-session.ts';
import { UnsentWork, type RefusedItem } from './unsent.svelte.ts';

const outbox = vi.hoisted(() => ({ refused: vi.fn(), retry: vi.fn() }));
vi.mock('#lib/vault/outbox/outbox.ts', () => ({
	Outbox: class {
		readonly refused = outbox.refused;
		readonly retry = outbox.retry;
	}
}));

beforeEach(() => vi.resetAllMocks());

/** A change of settings that was refused, beside something of the same batch refused for its own reason. */
async function made() {
	const school = new TestSchool();
	const rename = (edit: Readonly<Record<string, readonly [Json, Json]>>) =>
		expect(school.make('school.changeSettings@1', { edit })).toBeNull();
	rename({ name: [schoolRecord.name, 'Hun naam'], lockAfterMinutes: [15, 30] });
	const edit = { name: [schoolRecord.name, 'Mijn naam'], lockAfterMinutes: [15, 20] };
	const at = school.at(9);
	const common = { batch: 'b', actorId: 'account-1', madeAt: at };
	const mutation: Mutation = {
		name: 'school.changeSettings@1',
		args: { edit },
		uid: 'u',
		...common
	};
	const other: Mutation = { name: 'card.revoke@1', args: { cardId: 'c' }, uid: 'v', ...common };
	const key = { kind: 'school', id: schoolRecord.id, field: 'name' } as const;
	outbox.refused.mockResolvedValue(
		ok([
			{ mutation, at, refusal: { code: 'changedMeanwhile', ...key, mine: 'x', theirs: 'y' } },
			{ mutation: other, at, refusal: { code: 'notAllowed' } }
		])
	);
	outbox.retry.mockResolvedValue(ok(undefined));
	const { session } = testSession(school);
	Object.assign(session, { replica: { loadHistory: async () => Promise.resolve(ok(undefined)) } });
	const work = new UnsentWork(session);
	await work.load();
	const item = (): RefusedItem => {
		const [first] = work.refused;
		if (!first) throw new Error('nothing was refused');
		return first;
	};
	const fields = () => item().conflicts.map(({ field }) => field);
	const settle = async (keep: 'mine' | 'theirs') => {
		const [conflict] = item().conflicts;
		if (!conflict) throw new Error('nothing to settle');
		return work.settle(item(), conflict, keep);
	};
	return { fields, settle, rename };
}

test('is sent again once every field of it is settled, and what has another reason stays', async () => {
	const { fields, settle } = await made();
	expect(fields()).toEqual(['name', 'lockAfterMinutes']);
	expect(await settle('mine')).toEqual(ok(false));
	expect(fields()).toEqual(['lockAfterMinutes']);
	expect(outbox.retry).not.toHaveBeenCalled();
	expect(await settle('theirs')).toEqual(ok(true));
	const args = { edit: { name: ['Hun naam', 'Mijn naam'] } };
	expect(outbox.retry).toHaveBeenCalledWith(['u'], expect.anything(), new Map([['u', args]]));
});

test('asks again what somebody changed since it was settled', async () => {
	const { fields, settle, rename } = await made();
	await settle('mine');
	rename({ name: ['Hun naam', 'Nog een naam'] });
	expect(fields()).toEqual(['name', 'lockAfterMinutes']);
});

test('asks again where the rules refuse what was chosen', async () => {
	const { fields, settle } = await made();
	outbox.retry.mockResolvedValue(refuse({ code: 'notAllowed', index: 0 }));
	await settle('mine');
	expect(await settle('mine')).toMatchObject({ ok: false });
	expect(fields()).toEqual(['name', 'lockAfterMinutes']);
});

test('of which nothing is left, is not sent again', async () => {
	const { settle } = await made();
	await settle('theirs');
	expect(await settle('theirs')).toEqual(ok(false));
	expect(outbox.retry).toHaveBeenCalledWith(['u'], expect.anything(), new Map([['u', null]]));
});

test('says once what is the same of a whole class', async () => {
	const school = new TestSchool();
	const at = school.at(9);
	const renewal = (id: string) => {
		const mutation = {
			name: 'leerId.renew@1',
			args: { leerIdId: id, fromSecretId: 'a', secretId: 'b', cardId: 'c', printRunId: 'd' },
			...{ uid: id, batch: 'b', actorId: 'account-1', madeAt: at }
		};
		const key = { kind: 'leerId', id, field: 'secretId', mine: 'a', theirs: 'x' };
		return { mutation, at, refusal: { code: 'changedMeanwhile', ...key } };
	};
	outbox.refused.mockResolvedValue(ok([renewal('one'), renewal('two')]));
	const { session } = testSession(school);
	Object.assign(session, { replica: { loadHistory: async () => Promise.resolve(ok(undefined)) } });
	const work = new UnsentWork(session);
	await work.load();
	expect(work.refused).toHaveLength(1);
	expect(work.refused[0]?.conflicts).toEqual([]);
	expect(work.refused[0]?.changes).toHaveLength(1);
});
