import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StoredRecord } from '../kernel/migrations/steps.ts';
import { anyRecord } from '../testing/arbitrary-record.ts';
import { allKinds, declared } from './kinds.ts';
import { bringUp, migrations, recordSchema } from './migrations.ts';
import { scopesKnownTo, tierOf } from './scopes.ts';

describe('migrations', () => {
	it('from where servers began leave a record of today alone', () => {
		fc.assert(
			fc.property(anyRecord, (record) => {
				expect(bringUp(record)).toEqual(record);
			})
		);
	});

	it('give an older record what it lacks, and keep what it has', () => {
		fc.assert(
			fc.property(anyRecord, fc.nat(), (record, seed) => {
				const { fields } = declared(record.kind);
				const isLater = ([name]: readonly [string, unknown]) => fields[name]?.since !== undefined;
				const entries: [string, unknown][] = Object.entries(record);
				// Some of the later fields, as an app of between would have made it.
				const left = entries.filter((entry, at) => !isLater(entry) || (seed >> at) % 2 === 1);
				let now = Object.fromEntries(left) as unknown as StoredRecord;
				for (const migration of migrations) now = migration(now);
				const expected = entries.map(([name, value]): [string, unknown] => [
					name,
					left.some(([kept]) => kept === name) ? value : fields[name]?.since?.held
				]);
				expect(now).toEqual(Object.fromEntries(expected));
			})
		);
	});

	it('reach what a history keeps of what was removed', () => {
		const before = { kind: 'account', id: 'a', userName: 'an', archivedAt: null };
		const history = { kind: 'history', id: 'h', changes: [{ op: 'remove', before }] };
		let now: StoredRecord = history;
		for (const migration of migrations) now = migration(now);
		expect(now).toMatchObject({ changes: [{ before: { ...before, guardianId: null } }] });
	});
});

describe('a kind that came after the first server', () => {
	it('is of tiers that came with it, so that no older app is given it', () => {
		const older = new Set(
			allKinds.flatMap((kind) => {
				const { since, scopes, historyScopes } = declared(kind);
				return [...scopes, ...historyScopes].map((scope) => `${since} ${tierOf(scope)}`);
			})
		);
		for (const kind of allKinds) {
			const { since, scopes, historyScopes } = declared(kind);
			for (const tier of [...scopes, ...historyScopes].map(tierOf)) {
				for (let before = 1; before < since; before++) {
					expect(older, `${kind} is in ${tier}`).not.toContain(`${before} ${tier}`);
				}
			}
		}
	});

	it('leaves an app of today all its scopes, and of what it never heard nothing is held back', () => {
		const scopes = new Set(['school', 'pupil/a/name', 'guardian/g', 'audience/group/b']);
		expect(scopesKnownTo(recordSchema, scopes)).toEqual(scopes);
	});
});
