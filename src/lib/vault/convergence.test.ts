import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SchoolState } from '#lib/domain/registry/state.ts';
import type { Entry } from './pages/entry.ts';
import {
	entry,
	group,
	pupil,
	recordsOf,
	signature,
	testRules,
	testVault,
	valueOf,
	type TestArgs
} from './test-kit.ts';

type Step =
	| { readonly do: 'commit'; readonly tab: number; readonly changes: readonly TestArgs[] }
	| { readonly do: 'both'; readonly letters: readonly [string, string] }
	| { readonly do: 'undo'; readonly tab: number; readonly back: number }
	| { readonly do: 'fold' | 'reopen' | 'history' | 'lock'; readonly tab: number };

const tab = fc.constantFrom(0, 1);
const id = fc.constantFrom('a', 'b', 'c', 'd');
const change: fc.Arbitrary<TestArgs> = fc.oneof(
	fc.tuple(id, fc.string({ maxLength: 3 })).map(([key, name]) => ({ puts: [pupil(key, name)] })),
	// Fat ones, so that pages split.
	id.map((key) => ({ puts: [group(`fat-${key}`, key.repeat(30_000))] })),
	id.map((key) => ({ removes: [{ kind: 'pupil' as const, id: key }] })),
	id.map((key) => ({ count: ['tally', key] as const })),
	id.map((key) => ({ expect: { kind: 'pupil' as const, id: key }, count: ['tally', '!'] as const }))
);
const step: fc.Arbitrary<Step> = fc.oneof(
	{
		weight: 5,
		arbitrary: fc.record({
			do: fc.constant('commit' as const),
			tab,
			changes: fc.array(change, { maxLength: 4 })
		})
	},
	fc.record({ do: fc.constant('both' as const), letters: fc.constant(['x', 'y'] as const) }),
	fc.record({ do: fc.constant('undo' as const), tab, back: fc.nat(5) }),
	fc.record({ do: fc.constantFrom('fold', 'reopen', 'history', 'lock'), tab })
);

/** The sum that everything above must come to: the mutations once, in order, in memory. */
class Model {
	state = new SchoolState();
	readonly uids: string[] = [];

	/** Returns whether they were all taken. */
	take(entries: readonly Entry[]): boolean {
		const undo = entries.map((one) => {
			const result = testRules.run(this.state, one.mutation, one);
			return result.ok ? this.state.apply(result.value) : null;
		});
		if (undo.every((inverse) => inverse !== null)) {
			this.uids.push(...entries.map(({ mutation }) => mutation.uid));
			return true;
		}
		const before = undo.slice(0, undo.indexOf(null));
		// Mutations after the refused one may have run here; take those back too.
		for (const inverse of undo.toReversed()) if (inverse) this.state.apply(inverse);
		expect(before.length).toBeLessThan(entries.length);
		return false;
	}
}

test('any work in two tabs ends as the same mutations run once, in order', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
			const { open } = await testVault();
			const model = new Model();
			const tabs = [await open(), await open()];
			const at = (index: number) => tabs[index] ?? expect.unreachable();
			for (const now of steps) {
				if (now.do === 'both') {
					const [one, other] = now.letters.map((letter) => entry({ count: ['tally', letter] }));
					if (!one || !other) continue;
					const results = await Promise.all([
						at(0).replica.commitEntries([one]),
						at(1).replica.commitEntries([other])
					]);
					results.forEach(valueOf);
					valueOf(await at(0).replica.catchUp());
					const name = at(0).replica.state.get('group', 'tally')?.name ?? '';
					model.take(name.endsWith('xy') ? [one, other] : [other, one]);
					continue;
				}
				const { replica, vault } = at(now.tab);
				if (now.do === 'commit' || now.do === 'undo') {
					const uid = now.do === 'undo' ? model.uids.at(-1 - now.back) : undefined;
					const changes = now.do === 'commit' ? now.changes : uid ? [{ undo: uid }] : [];
					const entries = changes.map((args) => entry(args));
					const taken = await replica.commit(entries, signature);
					expect(taken.ok).toBe(model.take(entries));
				} else if (now.do === 'fold') valueOf(await replica.fold());
				else if (now.do === 'history') valueOf(await replica.loadHistory());
				else {
					if (now.do === 'lock') for (const each of tabs) each.vault.close();
					else vault.close();
					if (now.do === 'lock') tabs.splice(0, 2, await open(), await open());
					else tabs[now.tab] = await open();
				}
			}
			tabs.push(await open());
			for (const each of tabs) {
				valueOf(await each.replica.catchUp());
				valueOf(await each.replica.loadHistory());
				expect(recordsOf(each.replica.state)).toEqual(recordsOf(model.state));
				each.vault.close();
			}
		}),
		{ numRuns: 150 }
	);
}, 120_000);
