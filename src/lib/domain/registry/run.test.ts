import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Actor, Role } from '../kernel/actor.ts';
import type { Mutation } from '../kernel/mutation.ts';
import type { AnyRecord, History, RecordChange } from './records.ts';
import { run } from './run.ts';
import { maySee, scopesFor, scopesOf, subjectOf } from './scopes.ts';
import { SchoolState } from './state.ts';
import { guardianActor } from '../accounts/test-family.ts';
import { allSamples, sampleRecords } from '../testing/every-kind.ts';
import { commands, readyForCommands } from '../testing/test-commands.ts';
import {
	administrator,
	administratorWith,
	firstAccount,
	pupilActor,
	school,
	snapshot,
	teacher,
	TestSchool,
	today
} from '../testing/test-school.ts';

const mutation = (fields: Partial<Mutation>): Mutation => ({
	name: 'school.changeSettings@1',
	args: { edit: {} },
	uid: 'uid-x',
	batch: null,
	actorId: administrator.id,
	madeAt: `${today}T08:00:00.000Z`,
	...fields
});

const by = { actor: administrator, today };

describe('running a mutation', () => {
	it('leaves the state alone, and its inverse brings it back', () => {
		fc.assert(
			fc.property(commands, (made) => {
				const test = new TestSchool('a', 'b', 'c');
				readyForCommands(test);
				for (const [at, command] of made.entries()) command(test, at);
				const before = snapshot(test.state, true);
				const edit = { name: [school.name, 'Another'] };
				const result = run(test.state, mutation({ args: { edit } }), by);
				if (!result.ok) throw new Error(result.refusal.code);
				expect(snapshot(test.state, true)).toEqual(before);
				const inverse = test.state.apply(result.value);
				expect(snapshot(test.state, true)).not.toEqual(before);
				test.state.apply(inverse);
				expect(snapshot(test.state, true)).toEqual(before);
			}),
			{ numRuns: 30 }
		);
	});

	it('can be taken back step by step, whatever was done', () => {
		fc.assert(
			fc.property(commands, (made) => {
				const test = new TestSchool('a', 'b', 'c');
				readyForCommands(test);
				const history: (() => void)[] = [];
				const apply = test.state.apply.bind(test.state);
				test.state.apply = (change) => {
					const before = snapshot(test.state, true);
					const inverse = apply(change);
					history.push(() => {
						apply(inverse);
						expect(snapshot(test.state, true)).toEqual(before);
					});
					return inverse;
				};
				for (const [at, command] of made.entries()) command(test, at);
				for (const takeBack of history.toReversed()) takeBack();
			}),
			{ numRuns: 40 }
		);
	});

	it('refuses who is not the actor named, or may not', () => {
		const { state } = new TestSchool();
		const notAllowed = { ok: false, refusal: { code: 'notAllowed' } };
		expect(run(state, mutation({ actorId: 'account-9' }), by)).toEqual(notAllowed);
		const asTeacher = mutation({ actorId: teacher.id });
		expect(run(state, asTeacher, { actor: teacher, today })).toEqual(notAllowed);
	});

	it('refuses what is longer than 256 kB, in bytes', () => {
		const { state } = new TestSchool();
		const codeOf = (name: string) => {
			const result = run(state, mutation({ args: { edit: { name: [school.name, name] } } }), by);
			return result.ok ? null : result.refusal.code;
		};
		expect(codeOf('a'.repeat(200_000))).toBe('invalidValue');
		expect(codeOf('ë'.repeat(200_000))).toBe('mutationTooLarge');
		expect(codeOf('a'.repeat(256_000))).toBe('mutationTooLarge');
	});

	it('throws on a name it does not know', () => {
		const { state } = new TestSchool();
		expect(() => run(state, mutation({ name: 'pupil.teleport@1' }), by)).toThrow();
		expect(() => run(state, mutation({ name: 'toString' }), by)).toThrow();
	});
});

describe('the history of a mutation', () => {
	const small = new SchoolState(allSamples);
	const actors: readonly Actor[] = [
		administrator,
		administratorWith('leerId'),
		administratorWith('cards'),
		teacher,
		{ id: 'account-4', role: 'scheduler' satisfies Role, rights: [] },
		guardianActor('jan'),
		pupilActor('leerId-noor')
	];

	const mayRead = (actor: Actor, record: AnyRecord) =>
		maySee(scopesFor(actor, small, today), record);

	it.each(allSamples)('is read by nobody who may not read the record: $kind $id', (record) => {
		const { kind, id } = record;
		const changes: RecordChange[] = [{ op: 'remove', kind, id, before: record }];
		const subjectId = subjectOf(record);
		const entry: History = { ...sampleRecords.history[0], subjectId, changes };
		for (const actor of actors) {
			if (mayRead(actor, entry)) expect([actor, mayRead(actor, record)]).toEqual([actor, true]);
		}
		expect(mayRead(administrator, entry)).toBe(true);
	});

	it('is read by everybody somewhere, or the test above says nothing of them', () => {
		const read = actors.map(
			(actor) => allSamples.filter((record) => mayRead(actor, record)).length
		);
		expect(read.every((count) => count > 1)).toBe(true);
	});

	it('keeps the tiers of one pupil apart', () => {
		fc.assert(
			fc.property(commands, (made) => {
				const test = new TestSchool('a', 'b', 'c');
				readyForCommands(test);
				for (const [at, command] of made.entries()) command(test, at);
				for (const entry of test.state.all('history')) {
					const scopes = entry.changes.map(({ kind, id, ...change }) => {
						const record = change.op === 'remove' ? change.before : test.state.get(kind, id);
						return record ? scopesOf(record).join() : null;
					});
					expect(new Set(scopes.filter((scope) => scope !== null)).size).toBeLessThanOrEqual(1);
				}
			}),
			{ numRuns: 30 }
		);
	});

	it('never holds the private key of the school’s cards', () => {
		const cardKey = { kind: 'cardKey', id: 'key', number: 1, publicKey: 'public', retiredAt: null };
		const cardKeyPrivate = { kind: 'cardKeyPrivate', id: 'key', privateKey: 'do-not-tell' };
		const args = { school, account: firstAccount, cardKey, cardKeyPrivate };
		const result = run(new SchoolState(), mutation({ name: 'school.create@1', args }), by);
		const puts = result.ok ? result.value.puts : [];
		expect(puts.filter(({ kind }) => kind === 'cardKeyPrivate')).toHaveLength(1);
		const history = puts.filter(({ kind }) => kind === 'history');
		expect(history.length).toBeGreaterThan(0);
		expect(JSON.stringify(history)).not.toMatch(/do-not-tell|cardKeyPrivate/);
	});

	it('is of no person for who has only the school’s own scopes', () => {
		const scopesOfActor = (actor: Actor) => scopesFor(actor, new TestSchool().state, today);
		expect([...scopesOfActor(pupilActor('leerId-a'))]).toEqual(['school', 'account/leerId-a']);
		expect(scopesOfActor(teacher)).toEqual(
			new Set(['school', 'account/account-2', 'school/staff'])
		);
		expect(scopesOfActor(administratorWith('leerId')).has('school/cards')).toBe(false);
		expect(scopesOfActor(administratorWith('cards')).has('school/cards')).toBe(true);
	});
});
