import { describe, expect, test } from 'vitest';
import type { Mutation } from '#lib/domain/kernel/mutation.ts';
import type { ArgsOf, MutationName } from '#lib/domain/registry/mutations.ts';
import type { Refusal } from '#lib/domain/registry/refusal.ts';
import { school as schoolRecord, TestSchool } from '#lib/domain/testing/test-school.ts';
import type { Refused } from '#lib/vault/outbox/refused.ts';
import type { Keep } from './conflict.svelte.ts';
import { conflictsOf, settledArgs } from './refused-conflict.ts';

/** A mutation that was made elsewhere and that this school refuses. */
function refused<Name extends MutationName>(
	school: TestSchool,
	name: Name,
	args: ArgsOf<Name>
): Refused {
	const refusal = school.make(name, args);
	if (!refusal) throw new Error('nothing is refused');
	const at = school.at(0);
	const mutation: Mutation = { name, args, uid: 'u', batch: 'b', actorId: 'a', madeAt: at };
	return { mutation, secrets: undefined, refusal, at } as unknown as Refused;
}

/** Chooses for all of it, and makes it again. */
function settled(school: TestSchool, item: Refused, keep: (field: string) => Keep) {
	const conflicts = conflictsOf(item, school.state);
	const [first] = conflicts;
	if (!first) throw new Error('nothing to settle');
	const chosen = new Map(conflicts.map(({ field }) => [field, keep(field)] as const));
	const args = settledArgs(item.mutation, first.record, chosen);
	if (args === null) return null;
	const name = item.mutation.name as MutationName;
	expect(school.make(name, args as ArgsOf<MutationName>)).toBeNull();
	return args;
}

describe('settings that were refused', () => {
	function lost() {
		const school = new TestSchool();
		const theirs = { name: [schoolRecord.name, 'Hun naam'], lockAfterMinutes: [15, 30] } as const;
		expect(school.make('school.changeSettings@1', { edit: theirs })).toBeNull();
		const edit = {
			name: [schoolRecord.name, 'Mijn naam'],
			lockAfterMinutes: [15, 20],
			resetMinutes: [schoolRecord.resetMinutes, 45]
		} as const;
		return { school, item: refused(school, 'school.changeSettings@1', { edit }) };
	}
	const kept = ({ state }: TestSchool) => {
		const { name, lockAfterMinutes, resetMinutes } = state.get('school', 'school-1') ?? {};
		return [name, lockAfterMinutes, resetMinutes];
	};

	test('are asked field by field, and what nobody else touched goes along', () => {
		const { school, item } = lost();
		expect(conflictsOf(item, school.state)).toMatchObject([
			{ field: 'name', mine: 'Mijn naam', theirs: 'Hun naam' },
			{ field: 'lockAfterMinutes', mine: 20, theirs: 30 }
		]);
		settled(school, item, (field) => (field === 'name' ? 'mine' : 'theirs'));
		expect(kept(school)).toEqual(['Mijn naam', 30, 45]);
	});

	test('leave nothing to send where theirs stands and there was nothing else', () => {
		const school = new TestSchool();
		const theirs = { name: [schoolRecord.name, 'Hun naam'] } as const;
		expect(school.make('school.changeSettings@1', { edit: theirs })).toBeNull();
		const edit = { name: [schoolRecord.name, 'Mijn naam'] } as const;
		const item = refused(school, 'school.changeSettings@1', { edit });
		expect(settled(school, item, () => 'theirs')).toBeNull();
		expect(kept(school)[0]).toBe('Hun naam');
	});

	test('take the country along with the number that says it', () => {
		const { number, country } = schoolRecord;
		const other = country === 'NL' ? 'BE' : 'NL';
		const edit = { number: [number, 'mine'], country: [country, other] } as const;
		const mutation = { name: 'school.changeSettings@1', args: { edit } } as unknown as Mutation;
		const held = { ...schoolRecord, number: 'theirs' };
		const chosen = (keep: Keep) => settledArgs(mutation, held, new Map([['number', keep]]));
		expect(chosen('theirs')).toBeNull();
		expect(chosen('mine')).toEqual({
			edit: { number: ['theirs', 'mine'], country: [country, other] }
		});
	});

	test('are nothing to settle once what was there is there again', () => {
		const { school, item } = lost();
		expect(school.undo('uid-1')).toBeNull();
		expect(conflictsOf(item, school.state)).toEqual([]);
	});
});

describe('a LeerID that was adjusted over another password', () => {
	function lost(names: readonly [string, string]) {
		const school = new TestSchool('p');
		school.withLeerId('p');
		const args = { userName: ['user.p', 'hun.naam'], passwordKind: 'word' } as const;
		expect(school.make('leerId.adjust@1', { ...school.renewal('p', 2), ...args })).toBeNull();
		const mine = { secretId: 'secret-mine', cardId: 'card-mine' };
		const item = refused(school, 'leerId.adjust@1', {
			...school.renewal('p', 2),
			...mine,
			...{ userName: names, passwordKind: 'word' }
		});
		return { school, item, leerId: () => school.state.get('leerId', 'leerId-p') };
	}

	test('is asked as a whole, and made again over what is there now', () => {
		const { school, item, leerId } = lost(['user.p', 'mijn.naam']);
		expect(conflictsOf(item, school.state)).toHaveLength(1);
		settled(school, item, () => 'mine');
		expect(leerId()).toMatchObject({ userName: 'mijn.naam', secretId: 'secret-mine' });
	});

	test('leaves a user name that was not touched as somebody else made it', () => {
		const { school, item, leerId } = lost(['user.p', 'user.p']);
		settled(school, item, () => 'mine');
		expect(leerId()).toMatchObject({ userName: 'hun.naam', secretId: 'secret-mine' });
	});

	test('goes as a whole where theirs stands', () => {
		const { school, item } = lost(['user.p', 'mijn.naam']);
		expect(settled(school, item, () => 'theirs')).toBeNull();
	});

	test('is nothing to settle where the LeerID is gone', () => {
		const { school, item } = lost(['user.p', 'mijn.naam']);
		school.state.apply({ puts: [], removes: [{ kind: 'leerId', id: 'leerId-p' }] });
		expect(conflictsOf(item, school.state)).toEqual([]);
	});
});

test('what was refused for something else is nothing to settle', () => {
	const { state } = new TestSchool();
	const mutation = { name: 'school.changeSettings@1', args: { edit: { name: ['x', 'y'] } } };
	for (const refusal of [
		{ code: 'notAllowed' },
		{ code: 'changedMeanwhile', kind: 'newer', id: 'school-1', field: 'name' }
	]) {
		const item = { mutation, refusal: refusal as unknown as Refusal } as unknown as Refused;
		expect(conflictsOf(item, state)).toEqual([]);
	}
});
