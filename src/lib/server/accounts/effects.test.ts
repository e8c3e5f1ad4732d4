import { describe, expect, it } from 'vitest';
import { newId } from '#lib/crypto/random.ts';
import type { Account } from '#lib/domain/accounts/kinds.ts';
import type { Secrets } from '#lib/domain/credentials/secret.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import { mutations, type ArgsOf, type MutationName } from '#lib/domain/registry/mutations.ts';
import {
	administrator,
	enrolmentRecord,
	firstAccount,
	group,
	pupilRecord
} from '#lib/domain/testing/test-school.ts';
import type { SchoolTx } from '../store/database.ts';
import { overEveryEngine, type Tried } from '../store/testing/engines.ts';
import { TestEndpoint } from '../sync/testing.ts';
import { accountEffects } from './effects.ts';

const at = '2026-11-21T09:00:00.000Z';
const later = '2026-12-21T09:00:00.000Z';
const colleague: Account = { ...firstAccount, id: 'account-9', userName: 'bart.maes', rights: [] };
const archived: Account = { ...colleague, id: 'account-8', userName: 'a.maes', archivedAt: at };
const records = [group, colleague, archived, pupilRecord('a'), enrolmentRecord('a')];
const subjects = ['account-8', 'account-9', 'leerId-a'];

/** Each of them is signed in, was mailed a link, and typed a wrong password once. */
async function letIn({ db }: SchoolTx): Promise<void> {
	for (const account of subjects) {
		await db
			.insertInto('session')
			.values({
				...{ token_hash: `session-${account}`, id: `s-${account}`, account, made_at: at },
				...{ seen_at: at, expires_at: later, device_name: '', vault: null, ended_at: null },
				...{ wipe: 0, key_hash: null }
			})
			.execute();
		await db
			.insertInto('reset')
			.values({
				...{ token_hash: `link-${account}`, account, kind: 'password', payload: '{}', ip: '' },
				...{ made_at: at, expires_at: later, used_at: null }
			})
			.execute();
		await db
			.insertInto('attempt')
			.values({
				...{ subject: account, failures: 1, lifetime: 1, last_at: at },
				...{ wait_until: null, blocked_at: null }
			})
			.execute();
	}
}

/** The parts of it that are gone, and the owners of the passwords that are kept. */
async function goneIn({ db }: SchoolTx) {
	const sessions = await db
		.selectFrom('session')
		.select('account')
		.where('ended_at', 'is not', null)
		.execute();
	const links = await db
		.selectFrom('reset')
		.select('account')
		.where('used_at', 'is not', null)
		.execute();
	const attempts = await db.selectFrom('attempt').select('subject').execute();
	const left = new Set(attempts.map(({ subject }) => subject));
	return {
		ended: sessions.map(({ account }) => account),
		links: links.map(({ account }) => account),
		forgiven: subjects.filter((subject) => !left.has(subject))
	};
}

async function opened({ store }: Tried, poke: (school: Id) => void = () => undefined) {
	const poked: Id[] = [];
	const effects = accountEffects({
		poke(school) {
			poked.push(school);
			poke(school);
		}
	});
	const endpoint = new TestEndpoint(store, { effects });
	const id = newId();
	await endpoint.addSchool(id, records);
	await make('print.start@1', { printRunId: 'print-1', title: 'Test', cardCount: 1 });
	await make(
		'leerId.create@1',
		{ ...issue(1), leerIdId: 'leerId-a', ...{ pupilId: 'a', type: 'advanced' } },
		{ userName: 'noor', passwordKind: 'temporary' }
	);
	await store.write(id, letIn);
	poked.length = 0;

	/** Returns the refusal's code, or null. */
	async function make(
		name: MutationName,
		args: object,
		more: object = {},
		by: Id = administrator.id
	): Promise<string | null> {
		const device = endpoint.device(id, by);
		const all = { ...args, ...more } as unknown as ArgsOf<MutationName>;
		const { secretId } = all as unknown as { readonly secretId?: Id };
		const named = secretId ?? (args as { account?: Account }).account?.secretId;
		const secrets: Secrets = named ? { [named]: { kind: 'word', text: 'wachtwoord' } } : {};
		device.add(name, all, { secrets });
		const [result] = await device.sync();
		return result?.refusal?.code ?? null;
	}

	return {
		make,
		poked,
		signInAgain: () =>
			store.write(id, async ({ db }) => {
				await db.updateTable('session').set({ ended_at: null }).execute();
			}),
		after: () => store.read(id, goneIn),
		uidOf: async (name: MutationName) => {
			const entries = await endpoint.records(id);
			const found = entries.find((each) => each.kind === 'history' && each.mutation === name);
			return found?.kind === 'history' ? found.uid : '';
		}
	};
}

function issue(nth: number) {
	return { secretId: `secret-a-${nth}`, cardId: `card-a-${nth}`, printRunId: 'print-1' };
}

const renewed = { ...issue(2), leerIdId: 'leerId-a', fromSecretId: 'secret-a-1' };
const toOwn = { leerIdId: 'leerId-a', fromSecretId: 'secret-a-1', secretId: 'own-a' };
const colleagues = { accountId: 'account-9', fromSecretId: null, secretId: 'secret-9' };
const made = { ...colleague, id: 'account-7', userName: 'c.maes', secretId: 'secret-7' };

interface Case {
	readonly name: MutationName;
	readonly args: object;
	/** The account whose sessions and links end. */
	readonly ended?: Id;
	/** The account whose wrong passwords are forgotten. */
	readonly forgiven?: Id;
	/** A password comes with it. */
	readonly hashes?: true;
	readonly by?: Id;
}

const both = (id: Id) => ({ ended: id, forgiven: id, hashes: true }) as const;
const cases: readonly Case[] = [
	{ name: 'account.create@1', args: { account: made }, hashes: true },
	{ name: 'account.edit@1', args: { accountId: 'account-9', edit: { email: [null, 'b@x.be'] } } },
	{ name: 'account.archive@1', args: { accountId: 'account-9' }, ended: 'account-9' },
	{ name: 'account.renew@1', args: colleagues, ...both('account-9') },
	{
		name: 'account.reopen@1',
		args: { ...colleagues, accountId: 'account-8' },
		...both('account-8')
	},
	{
		name: 'account.choosePassword@1',
		args: colleagues,
		...{ ended: 'account-9', hashes: true, by: 'account-9' }
	},
	{
		name: 'signIn.block@1',
		args: { accountId: 'leerId-a', cause: 'administration' },
		ended: 'leerId-a'
	},
	{ name: 'signIn.unblock@1', args: { accountId: 'account-9' }, forgiven: 'account-9' },
	{ name: 'leerId.renew@1', args: renewed, ...both('leerId-a') },
	{
		name: 'leerId.adjust@1',
		args: { ...renewed, userName: ['noor', 'noor'], passwordKind: 'temporary' },
		...both('leerId-a')
	},
	{
		name: 'leerId.choosePassword@1',
		args: toOwn,
		...{ ended: 'leerId-a', hashes: true, by: 'leerId-a' }
	},
	{ name: 'leerId.signedIn@1', args: { leerIdId: 'leerId-a' }, by: 'leerId-a' },
	{ name: 'card.handOut@1', args: { cardId: 'card-a-1', ticked: 'hand' } },
	{ name: 'card.revoke@1', args: { cardId: 'card-a-1' }, ended: 'leerId-a' }
];

function listed(id: Id | undefined): readonly Id[] {
	return id === undefined ? [] : [id];
}

overEveryEngine((tried) => {
	describe('a mutation', () => {
		it.each(cases)('$name ends, forgives and brings what it declares', async (each) => {
			const { name, args, ended, forgiven, hashes, by } = each;
			const school = await opened(tried);
			expect(await school.make(name, args, {}, by)).toBeNull();
			expect(await school.after()).toEqual({
				ended: listed(ended),
				links: listed(ended),
				forgiven: listed(forgiven)
			});
			expect(school.poked).toHaveLength(hashes ? 1 : 0);
		});

		it('that revokes the card of an older password lets its pupil in', async () => {
			const school = await opened(tried);
			expect(await school.make('leerId.choosePassword@1', toOwn, {}, 'leerId-a')).toBeNull();
			await school.signInAgain();
			expect(await school.make('card.revoke@1', { cardId: 'card-a-1' })).toBeNull();
			expect((await school.after()).ended).toEqual([]);
		});

		it('that undoes a renewal ends what the new password let in', async () => {
			const school = await opened(tried);
			expect(await school.make('account.renew@1', colleagues)).toBeNull();
			await school.signInAgain();
			const uid = await school.uidOf('account.renew@1');
			expect(await school.make('change.undo@1', { uid, except: [] })).toBeNull();
			expect((await school.after()).ended).toEqual(['account-9']);
		});

		it('is taken back where what it does beside records fails', async () => {
			let fails = false;
			const school = await opened(tried, () => {
				if (fails) throw new Error('No queue');
			});
			fails = true;
			expect(await school.make('account.renew@1', colleagues)).toBe('failed');
			expect(await school.after()).toEqual({ ended: [], links: [], forgiven: [] });
			fails = false;
			const again = { ...colleagues, secretId: 'secret-9-again' };
			expect(await school.make('account.renew@1', again)).toBeNull();
			expect((await school.after()).ended).toEqual(['account-9']);
		});
	});
});

it('no other mutation ends a session or names a password', () => {
	const names = Object.keys(mutations) as MutationName[];
	expect(names.filter((name) => mutations[name].ends !== null).sort()).toEqual([
		...['account.archive@1', 'account.choosePassword@1', 'account.renew@1', 'account.reopen@1'],
		...['card.revoke@1', 'leerId.adjust@1', 'leerId.choosePassword@1', 'leerId.renew@1'],
		'signIn.block@1'
	]);
	expect(names.filter((name) => mutations[name].secret !== null).sort()).toEqual([
		...['account.choosePassword@1', 'account.create@1', 'account.edit@1', 'account.renew@1'],
		...['account.reopen@1', 'import.write@1', 'import.write@2', 'leerId.adjust@1'],
		...['leerId.choosePassword@1', 'leerId.create@1', 'leerId.renew@1', 'school.create@1']
	]);
});
