import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Mutation } from '#lib/domain/kernel/mutation.ts';
import {
	isMutationName,
	mutations,
	type ArgsOf,
	type MutationName
} from '#lib/domain/registry/mutations.ts';
import { commands, readyForCommands } from '#lib/domain/testing/test-commands.ts';
import { firstAccount, school, TestSchool, type MadeBy } from '#lib/domain/testing/test-school.ts';
import { parseArgs } from './mutation-args.ts';

describe('arguments of mutations', () => {
	it('parse into themselves, whatever the rules take', () => {
		fc.assert(
			fc.property(commands, (made) => {
				const test = new ListeningSchool('a', 'b', 'c');
				readyForCommands(test);
				for (const [at, command] of made.entries()) command(test, at);
				for (const { name, args } of test.taken) {
					expect(parseArgs(name as MutationName, JSON.parse(JSON.stringify(args)))).toEqual(args);
				}
			})
		);
	});

	it('are known for every mutation, and for nothing else', () => {
		expect(Object.keys(mutations).every(isMutationName)).toBe(true);
		for (const name of ['toString', '__proto__', 'constructor', 'leerId.create@2']) {
			expect(isMutationName(name)).toBe(false);
		}
	});

	it('never throw on anything', () => {
		const names = fc.constantFrom(...(Object.keys(mutations) as MutationName[]));
		const anything = fc.anything({ withObjectString: true, withNullPrototype: true });
		fc.assert(fc.property(names, anything, (name, args) => void parseArgs(name, args)));
	});

	it('bring no field that the rules do not know', () => {
		const account = { ...firstAccount, isGod: true };
		expect(parseArgs('account.create@1', { account })).toBeNull();
		expect(parseArgs('account.create@1', { account: firstAccount })).not.toBeNull();
	});

	it('reach no prototype', () => {
		for (const key of ['__proto__', 'constructor', 'prototype']) {
			const text = `{"edit":{"${key}":[null,{"isAdmin":true}]}}`;
			expect(parseArgs('school.changeSettings@1', JSON.parse(text))).toBeNull();
			const values = JSON.parse(`{"${key}":"x"}`) as unknown;
			const base = { kind: 'importBase', id: 'b', subject: 'pupil', sourceKey: '1', values };
			const args = { importRunId: 'run', records: [{ add: base }] };
			expect(parseArgs('import.write@1', args)).toBeNull();
		}
		expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
	});

	it('hold every field of an edit to its type', () => {
		const edit = (lockAfterMinutes: unknown) =>
			parseArgs('school.changeSettings@1', { edit: { lockAfterMinutes } });
		expect(edit([15, 30])).not.toBeNull();
		for (const value of [[15, '30'], [15], 30, [15, 30, 60], { 0: 15, 1: 30 }]) {
			expect(edit(value)).toBeNull();
		}
	});

	it('of an import are records that a file can bring', () => {
		const write = (record: unknown) =>
			parseArgs('import.write@1', { importRunId: 'run', records: [record] });
		expect(write({ add: { kind: 'group', id: 'g', name: '1A' } })).not.toBeNull();
		expect(write({ kind: 'group', id: 'g', edit: { name: ['1A', '1B'] } })).not.toBeNull();
		expect(write({ kind: 'group', id: 'g', edit: { name: ['1A', 7] } })).toBeNull();
		expect(write({ add: firstAccount })).toBeNull();
		expect(write({ add: school })).toBeNull();
	});

	it('nested without end are no arguments', () => {
		let deep: unknown = [];
		for (let depth = 0; depth < 100_000; depth++) deep = [deep];
		expect(parseArgs('school.changeSettings@1', { edit: { name: ['', deep] } })).toBeNull();
	});
});

/** Remembers what was made, and not refused. */
class ListeningSchool extends TestSchool {
	readonly taken: Pick<Mutation, 'name' | 'args'>[] = [];

	override make<Name extends MutationName>(name: Name, args: ArgsOf<Name>, by?: MadeBy) {
		const refusal = super.make(name, args, by);
		if (!refusal) this.taken.push({ name, args });
		return refusal;
	}
}
