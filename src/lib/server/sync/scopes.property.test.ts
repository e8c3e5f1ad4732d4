import fc from 'fast-check';
import { expect, it } from 'vitest';
import { actorFor } from '#lib/domain/accounts/actors.ts';
import type { Account } from '#lib/domain/accounts/kinds.ts';
import type { AnyRecord } from '#lib/domain/registry/records.ts';
import type { Guardianship } from '#lib/domain/people/kinds.ts';
import type { Id, Json } from '#lib/domain/kernel/ids.ts';
import { maySee, scopesFor } from '#lib/domain/registry/scopes.ts';
import { SchoolState } from '#lib/domain/registry/state.ts';
import { enrolmentRecord, firstAccount, pupilRecord } from '#lib/domain/testing/test-school.ts';
import { schoolDay } from './school-day.ts';
import { TestEndpoint, type TestDevice } from './testing.ts';

const pupilIds = ['a', 'b', 'c', 'd'] as const;
const groupIds = ['g', 'h', 'i'] as const;
const guardianIds = ['m', 'n'] as const;

const staff = { ...firstAccount, role: 'teacher', rights: [] } as const;
const accounts: Account[] = [
	{ ...staff, id: 'teacher-1', userName: 'bart.maes', groupIds: ['g'] },
	...guardianIds.map((id): Account => {
		const account = { ...staff, id: `parent-${id}`, userName: `parent.${id}`, guardianId: id };
		return { ...account, role: 'guardian' };
	})
];

const address = { street: '', houseNumber: '', postcode: '', city: '', phone: '', email: '' };
const records: AnyRecord[] = [
	...groupIds.map((id): AnyRecord => ({ kind: 'group', id, name: id })),
	...pupilIds.flatMap((id): AnyRecord[] => [
		pupilRecord(id, { groupId: 'g' }),
		enrolmentRecord(id, { to: id === 'd' ? '2026-12-31' : '2027-08-31' }),
		{ kind: 'pupilIdentity', id, birthDate: id === 'c' ? '2008-12-24' : '2015-01-01', sex: 'X' },
		{ kind: 'pupilContact', id, ...address }
	]),
	...guardianIds.flatMap((id): AnyRecord[] => [
		{ kind: 'guardian', id, givenName: id, initials: id, namePrefix: '', familyName: id },
		{ kind: 'guardianContact', id, ...address }
	]),
	...accounts
];

/** Something that changes who may see what, or what there is to see. */
type Work = (desk: TestDevice, state: SchoolState, at: number) => void;

function imported(desk: TestDevice, at: number, record: AnyRecord | null, edit?: object): void {
	const actorId = firstAccount.id;
	const counts = { added: 0, changed: 0, left: 0, skipped: 0 };
	const run = {
		kind: 'importRun',
		id: `import-${at}`,
		madeAt: '2026-11-21T10:00:00.000Z'
	} as const;
	const file = { fileName: '', format: '', whole: false, undoneAt: null };
	desk.add('import.start@1', { run: { ...run, actorId, ...counts, ...file } });
	const written = (record ? { add: record } : edit) as { readonly add: AnyRecord };
	desk.add('import.write@1', { importRunId: run.id, records: [written] });
}

const anyOf = <T>(items: readonly T[]) => fc.constantFrom(...items);

const teaches = fc.subarray([...groupIds]).map((to): Work => (desk, state) => {
	const from = state.get('account', 'teacher-1')?.groupIds ?? [];
	desk.add('account.edit@1', { accountId: 'teacher-1', edit: { groupIds: [from, to] } });
});

const moves = fc
	.tuple(anyOf(pupilIds), anyOf(groupIds))
	.map(([id, to]): Work => (desk, state, at) => {
		const from = state.get('pupil', id)?.groupId ?? null;
		imported(desk, at, null, { kind: 'pupil', id, edit: { groupId: [from, to] } });
	});

const links = fc
	.record({
		guardianId: anyOf(guardianIds),
		pupilId: anyOf(pupilIds),
		authority: anyOf([true, false, null]),
		addressVisible: fc.boolean()
	})
	.map((link): Work => (desk, state, at) => {
		const id = `${link.guardianId}-${link.pupilId}`;
		const now = state.get('guardianship', id) as (Guardianship & Record<string, Json>) | undefined;
		const kind = 'guardianship';
		const rest = { relation: '', receivesMail: false };
		if (!now) return imported(desk, at, { kind, id, ...rest, ...link });
		const { authority, addressVisible } = link;
		const edit = {
			authority: [now.authority, authority],
			addressVisible: [now.addressVisible, addressVisible]
		};
		imported(desk, at, null, { kind, id, edit });
	});

const undoes = fc.nat(7).map((back): Work => (desk, state) => {
	const made = [...state.all('history')].map(({ uid }) => uid);
	const uid = made.at(-1 - (back % Math.max(made.length, 1)));
	if (uid) desk.add('change.undo@1', { uid, except: [] });
});

const enrols = anyOf(pupilIds).map((id): Work => (desk, _, at) => {
	const added = enrolmentRecord(id, { id: `enrolment-${id}-${at}` });
	imported(desk, at, added);
});

const step = fc.oneof(
	fc.record({ work: fc.oneof(teaches, moves, links, undoes, enrols) }),
	fc.record({ asks: fc.nat(3) }),
	fc.record({ days: fc.integer({ min: 1, max: 40 }) })
);

async function stateOf(endpoint: TestEndpoint): Promise<SchoolState> {
	return new SchoolState(await endpoint.records('school-1'));
}

function sightOf(endpoint: TestEndpoint, state: SchoolState, account: Id): ReadonlySet<string> {
	const today = schoolDay(state, endpoint.now);
	const actor = actorFor(account, state, today);
	return actor ? scopesFor(actor, state, today) : new Set();
}

/** One request; nothing that comes with it may be outside what the account holds now. */
async function ask(endpoint: TestEndpoint, device: TestDevice): Promise<boolean> {
	const answer = await device.send();
	const state = await stateOf(endpoint);
	const held = sightOf(endpoint, state, device.caller.account);
	const { puts, scopes, more } = device.take(answer);
	for (const record of puts) expect([record, maySee(held, record)]).toEqual([record, true]);
	expect(scopes.filter((scope) => !held.has(scope))).toEqual([]);
	return more;
}

it('gives everybody what they hold, and nobody anything else', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(step, { minLength: 3, maxLength: 30 }),
			fc.integer({ min: 1, max: 12 }),
			async (steps, rows) => {
				const endpoint = await TestEndpoint.open({ answerLimit: { rows, length: 1e6 } });
				await endpoint.addSchool('school-1', records);
				const desk = endpoint.device('school-1');
				const others = accounts.map(({ id }) => endpoint.device('school-1', id));
				const devices = [desk, ...others];
				for (const [at, { work, asks, days }] of steps.entries() as Iterable<
					[number, { work?: Work; asks?: number; days?: number }]
				>) {
					work?.(desk, await stateOf(endpoint), at);
					if (work) await ask(endpoint, desk);
					const device = asks === undefined ? undefined : devices[asks];
					if (device) await ask(endpoint, device);
					if (days) endpoint.now = new Date(endpoint.now.getTime() + days * 86_400_000);
				}
				for (const device of devices) {
					while (await ask(endpoint, device));
					const state = await stateOf(endpoint);
					const held = sightOf(endpoint, state, device.caller.account);
					const all = await endpoint.records('school-1');
					const visible = all.filter((record) => maySee(held, record));
					expect(device.held).toEqual(visible.map((record) => JSON.stringify(record)).sort());
				}
				await endpoint.store.close();
			}
		),
		{ numRuns: 60 }
	);
}, 120_000);
