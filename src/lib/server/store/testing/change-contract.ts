import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AnyRecord } from '#lib/domain/registry/records.ts';
import type { Group, Pupil } from '#lib/domain/people/kinds.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import { scopesOf, type Scope } from '#lib/domain/registry/scopes.ts';
import type { Change } from '#lib/domain/registry/state.ts';
import type { Store } from '../database.ts';
import { pruneRemovals, readChanges, type ChangePage, type Wanted } from '../read-changes.ts';
import { loadRecords, readHistory, readRecords, recordsNewer } from '../records.ts';
import { setVersion, writeChange } from '../write-change.ts';
import type { Tried } from './engines.ts';
import { newSchool } from './school-row.ts';

const at = '2026-11-21T08:00:00.000Z';

function group(id: Id, name = 'Klas'): Group {
	return { kind: 'group', id, name };
}

/** A card of a pupil: whose scopes follow from `pupilId`, so that it can move between them. */
function enrolment(id: Id, pupilId: Id): AnyRecord {
	const to = '2027-08-31';
	return { kind: 'enrolment', id, pupilId, from: '2026-09-01', to, endReason: 'schoolYear' };
}

function pupil(id: Id, givenName = 'Noor'): Pupil {
	const name = { givenName, namePrefix: '', familyName: 'Peeters' };
	return { kind: 'pupil', id, pupilNumber: id, ...name, groupId: null };
}

function history(uid: Id, subjectId: Id): AnyRecord {
	const made = { uid, batch: null, mutation: 'pupil.edit@1', actorId: 'a', madeAt: at };
	const changes = [{ op: 'add', kind: 'pupil', id: subjectId }] as const;
	return { kind: 'history', id: `${uid}-0`, ...made, undoes: null, subjectId, changes };
}

/** Returns the version that the change was given. */
async function write(
	store: Store,
	school: Id,
	change: Partial<Change>,
	when = at
): Promise<number> {
	return store.write(school, async (tx) => {
		const version = tx.counter.version + 1;
		await writeChange(tx, { puts: [], removes: [], ...change }, { version, at: when });
		await setVersion(tx, version);
		return version;
	});
}

const wholePage = { rows: 500, length: 1_000_000 };

function pull(
	store: Store,
	school: Id,
	wanted: Partial<Wanted> & Pick<Wanted, 'scopes'>
): Promise<ChangePage> {
	return store.read(school, (tx) =>
		readChanges(tx, {
			since: 0,
			upTo: tx.counter.version,
			position: null,
			limit: wholePage,
			...wanted
		})
	);
}

/** A device: it holds some scopes, and reads pages of a few rows. */
class Device {
	readonly records = new Map<string, AnyRecord>();
	#held: readonly Scope[] = [];
	#version = 0;

	async catchUp(store: Store, school: Id, held: readonly Scope[]): Promise<void> {
		const upTo = (await store.counter(school))?.version ?? 0;
		const scopes = new Map(
			held.map((scope) => [scope, this.#held.includes(scope) ? this.#version : 0])
		);
		const limit = { rows: 1, length: 1_000_000 };
		let position: Wanted['position'] = null;
		do {
			const wanted = { scopes, since: this.#version, upTo, position, limit };
			const page: ChangePage = await pull(store, school, wanted);
			for (const { kind, id } of page.removes) this.records.delete(`${kind} ${id}`);
			for (const record of page.puts) this.records.set(`${record.kind} ${record.id}`, record);
			position = page.next;
		} while (position);
		for (const [key, record] of this.records) {
			if (!scopesOf(record).some((scope) => scopes.has(scope))) this.records.delete(key);
		}
		this.#held = held;
		this.#version = upTo;
	}
}

const pupilScopes: readonly Scope[] = ['p1', 'p2', 'p3'].map((id) => `pupil/${id}/name`);
/** More than few, so that a device asks first which of them were touched. */
const emptyScopes = Array.from({ length: 20 }, (_, index) => `pupil/none-${index}/name`);
/**
 * The sets of scopes that an actor may hold; a record's scopes may all be held, or some, or none.
 */
const holdings: readonly (readonly Scope[])[] = [
	pupilScopes,
	[...pupilScopes, ...emptyScopes],
	['pupil/p2/name', 'school/staff'],
	['school/name', 'school/staff', 'pupil/p1/name']
];

type Step =
	| { readonly do: 'put'; readonly record: AnyRecord }
	| {
			readonly do: 'remove';
			readonly key: { readonly kind: 'enrolment' | 'group'; readonly id: Id };
	  }
	| { readonly do: 'pull'; readonly held: readonly Scope[] };

const ids = fc.constantFrom('a', 'b');
const record = fc.oneof(
	fc.tuple(ids, fc.constantFrom('p1', 'p2', 'p3')).map(([id, of]) => enrolment(id, of)),
	fc.tuple(ids, fc.string({ maxLength: 3 })).map(([id, name]) => group(id, name))
);
const steps: fc.Arbitrary<Step[]> = fc.array(
	fc.oneof(
		{ weight: 4, arbitrary: record.map((record): Step => ({ do: 'put', record })) },
		{
			weight: 2,
			arbitrary: fc
				.record({ kind: fc.constantFrom('enrolment' as const, 'group' as const), id: ids })
				.map((key): Step => ({ do: 'remove', key }))
		},
		{
			weight: 3,
			arbitrary: fc.constantFrom(...holdings).map((held): Step => ({ do: 'pull', held }))
		}
	),
	{ minLength: 10, maxLength: 20 }
);

/** Everything about records, changes and what a device gets of them. */
export function changeContract(tried: Tried): void {
	describe('records', () => {
		test('are loaded as they were written last, without history', async () => {
			const school = await newSchool(tried.store);
			await write(tried.store, school, { puts: [group('g'), pupil('p'), history('u', 'p')] });
			await write(tried.store, school, {
				puts: [pupil('p', 'Noor ’n Łukasz')],
				removes: [{ kind: 'group', id: 'g' }]
			});
			const loaded = await tried.store.read(school, loadRecords);
			expect(loaded).toEqual([pupil('p', 'Noor ’n Łukasz')]);
		});

		test('are caught up with by reading what is newer', async () => {
			const school = await newSchool(tried.store);
			const version = await write(tried.store, school, { puts: [group('g'), group('h')] });
			await write(tried.store, school, { removes: [{ kind: 'group', id: 'g' }] });
			await write(tried.store, school, { puts: [group('i'), history('u', 'i')] });
			const newer = await tried.store.read(school, (tx) => recordsNewer(tx, version));
			expect(newer).toEqual({ removes: [{ kind: 'group', id: 'g' }], puts: [group('i')] });
		});

		test('are found by key, and history by its mutation', async () => {
			const school = await newSchool(tried.store);
			const many = Array.from({ length: 1_200 }, (_, index) => group(`g${index}`));
			await write(tried.store, school, {
				puts: [...many, history('u', 'p'), history('u2', 'p'), history('U', 'p')]
			});
			const keys = [...many.map(({ kind, id }) => ({ kind, id })), { kind: 'pupil', id: 'g1' }];
			const found = await tried.store.read(school, (tx) =>
				readRecords(tx, keys as { kind: 'group'; id: Id }[])
			);
			expect(new Set(found.map(({ id }) => id))).toEqual(new Set(many.map(({ id }) => id)));
			const entries = await tried.store.read(school, (tx) => readHistory(tx, 'u'));
			expect(entries.map(({ uid }) => uid)).toEqual(['u']);
		});
	});

	describe('a device', () => {
		test('that follows has exactly what its scopes hold, whatever happens', async () => {
			await fc.assert(
				fc.asyncProperty(steps, async (steps) => {
					const school = await newSchool(tried.store);
					const device = new Device();
					await write(tried.store, school, { puts: [group('first')] });
					for (const step of steps) {
						if (step.do === 'put') await write(tried.store, school, { puts: [step.record] });
						if (step.do === 'remove') await write(tried.store, school, { removes: [step.key] });
						if (step.do !== 'pull') continue;
						await device.catchUp(tried.store, school, step.held);
						const all = await tried.store.read(school, loadRecords);
						const seen = all.filter((one) => scopesOf(one).some((s) => step.held.includes(s)));
						const byKey = new Map(seen.map((one) => [`${one.kind} ${one.id}`, one]));
						expect(device.records).toEqual(byKey);
					}
				}),
				{ numRuns: tried.runs }
			);
		});

		test('gets a large scope in pages, of as many rows and as long as it asks', async () => {
			const school = await newSchool(tried.store);
			const scopes = new Map([['school/staff', 0]]);
			const groups = Array.from({ length: 25 }, (_, index) => group(`g${index}`, 'x'.repeat(100)));
			await write(tried.store, school, { puts: groups });
			const first = await pull(tried.store, school, { scopes, limit: { ...wholePage, rows: 10 } });
			expect(first.puts).toHaveLength(10);
			const position = first.next;
			const short = { rows: 500, length: 500 };
			const second = await pull(tried.store, school, { scopes, position, limit: short });
			expect(second.puts.length).toBeLessThan(5);
			const third = await pull(tried.store, school, { scopes, position: second.next });
			expect(third.next).toBeNull();
			const got = [first, second, third].flatMap(({ puts }) => puts);
			expect(new Set(got)).toEqual(new Set(groups));
			expect(got).toHaveLength(groups.length);
		});

		test('gets what came after it began in its next pull', async () => {
			const school = await newSchool(tried.store);
			const scopes = new Map([['school/staff', 0]]);
			const upTo = await write(tried.store, school, { puts: [group('g'), group('h')] });
			const before = await pull(tried.store, school, { scopes, limit: { ...wholePage, rows: 1 } });
			await write(tried.store, school, { puts: [group('h', 'Later'), group('i')] });
			const rest = await pull(tried.store, school, { scopes, upTo, position: before.next });
			expect(rest).toEqual({ removes: [], puts: [], next: null });
			const later = new Map([['school/staff', upTo]]);
			const { puts } = await pull(tried.store, school, { scopes: later });
			expect(new Set(puts)).toEqual(new Set([group('h', 'Later'), group('i')]));
		});
	});

	test('removals are forgotten after a time, and the counter says how far', async () => {
		const school = await newSchool(tried.store);
		await write(tried.store, school, { puts: [group('g'), group('h'), group('i')] });
		const old = { removes: [{ kind: 'group', id: 'g' }] } as const;
		await write(tried.store, school, old, '2026-01-01T08:00:00.000Z');
		await write(tried.store, school, { removes: [{ kind: 'group', id: 'h' }] });
		for (let run = 0; run < 2; run++) {
			await tried.store.write(school, (tx) => pruneRemovals(tx, '2026-06-01T00:00:00.000Z', 100));
		}
		expect((await tried.store.counter(school))?.pruned).toBe(2);
		const { removes } = await pull(tried.store, school, { scopes: new Map([['school/staff', 1]]) });
		expect(removes).toEqual([{ kind: 'group', id: 'h' }]);
	});
}
