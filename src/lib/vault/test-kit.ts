import 'fake-indexeddb/auto';
import { IDBFactory as FakeFactory, IDBKeyRange } from 'fake-indexeddb';
import { leastPasswordCost } from '#lib/crypto/password-key.ts';
import { newDeviceKey } from '#lib/crypto/data-key.ts';
import { newId } from '#lib/crypto/random.ts';
import type { Secrets } from '#lib/domain/credentials/secret.ts';
import { fitsOneMutation, type Mutation } from '#lib/domain/kernel/mutation.ts';
import type { Actor } from '#lib/domain/kernel/actor.ts';
import type { AnyRecord, History, RecordKey } from '#lib/domain/registry/records.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import { ok, refuse, type Result } from '#lib/domain/kernel/result.ts';
import type { SchoolState, StateReader } from '#lib/domain/registry/state.ts';
import { everyRecord } from '#lib/domain/testing/every-kind.ts';
import type { Entry } from './pages/entry.ts';
import { newMembership, type Membership } from './pages/head.ts';
import type { Rules } from './replica/ledger.ts';
import { Outbox } from './outbox/outbox.ts';
import type { Platform } from './disk/platform.ts';
import type { NewVault } from './device/device-vaults.ts';
import { Vault, type VaultSettings } from './device/vault.ts';
import type { Replica } from './replica/replica.ts';
import { VaultDatabase } from './disk/database.ts';
import { onTestFinished, vi } from 'vitest';

/** Rules that do as they are told, so that these tests are about keeping and not about schools. */
export const testRules: Rules = {
	run(state, mutation, { actor }) {
		const { puts = [], removes = [], undo, expect, count } = mutation.args as TestArgs;
		if (!fitsOneMutation(mutation)) return refuse({ code: 'mutationTooLarge' });
		if (expect && !state.get(expect.kind, expect.id))
			return refuse({ code: 'notFound', ...expect });
		const history: History = {
			kind: 'history',
			id: `${mutation.uid}-0`,
			uid: mutation.uid,
			batch: mutation.batch,
			mutation: mutation.name,
			actorId: actor.id,
			madeAt: mutation.madeAt,
			undoes: undo ?? null,
			subjectId: puts[0]?.id ?? 'nothing',
			changes: puts.map(({ kind, id }) => ({ op: 'add', kind, id }))
		};
		if (!undo) return ok({ puts: [...puts, ...counted(state, count), history], removes });
		const [undone] = state.find('historyByUid', undo);
		if (!undone) return refuse({ code: 'overtaken' });
		return ok({ puts: [history], removes: undone.changes.map(({ kind, id }) => ({ kind, id })) });
	},
	knows: (name) => name.startsWith('test.') || name.startsWith('change.'),
	readsHistory: ({ name }) => name === 'change.undo@1'
};

export interface TestArgs {
	readonly puts?: readonly AnyRecord[];
	readonly removes?: readonly RecordKey[];
	/** Takes away what the mutation of this uid put. */
	readonly undo?: Id;
	/** Refused where this is not. */
	readonly expect?: RecordKey;
	/** Adds a letter to the name of the group of this id: tells order and repetition. */
	readonly count?: readonly [id: Id, letter: string];
}

function counted(state: StateReader, count: TestArgs['count']): AnyRecord[] {
	if (!count) return [];
	const [id, letter] = count;
	return [group(id, (state.get('group', id)?.name ?? '') + letter)];
}

export const testSettings: VaultSettings = { rules: testRules, migrations: [] };

export const actor: Actor = { id: 'account-1', role: 'administration', rights: ['leerId'] };
export const signature = { actor, today: '2026-11-21' };

export function mutation(
	args: TestArgs,
	name = args.undo ? 'change.undo@1' : 'test.change@1'
): Mutation {
	const uid = newId();
	return { name, args, uid, batch: null, actorId: actor.id, madeAt: '2026-11-21T13:00:00.000Z' };
}

export function entry(args: TestArgs, secrets?: Secrets): Entry {
	return { mutation: mutation(args), secrets, ...signature };
}

export function group(id: Id, name: string): AnyRecord {
	return { kind: 'group', id, name };
}

export function pupil(id: Id, familyName: string): AnyRecord {
	return {
		kind: 'pupil',
		id,
		pupilNumber: `n${id}`,
		givenName: '',
		namePrefix: '',
		familyName,
		groupId: null
	};
}

export function leerId(id: Id, secretId: Id): AnyRecord {
	return {
		kind: 'leerId',
		id,
		pupilId: `p-${id}`,
		type: 'basic',
		userName: `u.${id}`,
		passwordKind: 'word',
		secretId,
		email: null,
		mustChange: false,
		createdAt: '2026-11-21T13:00:00.000Z',
		lastSignInAt: null
	};
}

/** A device of its own, whose clock only moves when told. */
export function testPlatform(
	indexedDB: IDBFactory = new FakeFactory()
): Platform & { clock: number } {
	const platform = {
		indexedDB,
		IDBKeyRange,
		locks: navigator.locks,
		clock: Date.parse('2026-11-21T13:00:00.000Z'),
		now: () => platform.clock,
		passwordCost: leastPasswordCost,
		prefix: `test-${newId()}`
	};
	return platform;
}

export const password = 'correct horse battery';

export function newSchool(recoveryCode: string, entries: readonly Entry[] = []): NewVault {
	return {
		schoolName: 'De Wegwijzer',
		account: { accountId: actor.id, userName: 'jansen', displayName: 'J. Jansen' },
		password,
		recoveryCode,
		entries
	};
}

/** A tab on a vault, as far as the vault can tell. */
export interface Tab {
	readonly vault: Vault;
	readonly replica: Replica;
}

/** A vault of its own, without accounts and passwords; tabs on it are opened one by one. */
export async function testVault(
	platform: Platform = testPlatform(),
	settings: VaultSettings = testSettings,
	membership: Membership | null = null
) {
	const opened = { vaultId: newId(), accountId: actor.id, key: await newDeviceKey() };
	const first = new Vault(platform, settings, opened);
	await first.initialise(membership);
	const open = async (other: VaultSettings = settings): Promise<Tab> => {
		const vault = new Vault(platform, other, opened);
		onTestFinished(() => vault.close());
		return { vault, replica: valueOf(await vault.open()) };
	};
	first.close();
	return { platform, ...opened, open, database: () => new VaultDatabase(platform, opened.vaultId) };
}

/** A vault of a school with a server. */
export async function joinedVault(platform: Platform = testPlatform()) {
	return testVault(platform, testSettings, newMembership('school-1', true));
}

export function outboxOf({ replica }: Tab): Outbox {
	return new Outbox(replica);
}

/** That the server took these. */
export function settled(...entries: readonly Entry[]) {
	return entries.map(({ mutation }) => ({ uid: mutation.uid, refusal: null }));
}

/** The value of what should have gone well. */
export function valueOf<T>(result: Result<T, { readonly code: string }>): T {
	if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.refusal)}`);
	return result.value;
}

/** Every record by kind and id, for comparing states. */
export function recordsOf(state: SchoolState): Record<string, AnyRecord> {
	return Object.fromEntries(
		everyRecord(state).map((record) => [`${record.kind} ${record.id}`, record])
	);
}

/** Calls `before` ahead of a method of a class, until mocks are restored. */
export function intercept<T extends object>(
	prototype: T,
	method: keyof T & string,
	before: (self: T) => void
): void {
	const real = Reflect.get(prototype, method) as (...args: unknown[]) => unknown;
	const intercepted = function (this: T, ...args: unknown[]): unknown {
		before(this);
		return real.apply(this, args);
	};
	vi.spyOn(prototype, method as never).mockImplementation(intercepted as never);
}
