import {
	guardianAccount,
	guardianRecord,
	guardianshipRecord
} from '#lib/domain/accounts/test-family.ts';
import type { Actor } from '#lib/domain/kernel/actor.ts';
import type { ArgsOf, MutationName } from '#lib/domain/registry/mutations.ts';
import type { Account } from '#lib/domain/accounts/kinds.ts';
import type { AnyRecord } from '#lib/domain/registry/records.ts';
import type { Id, Instant } from '#lib/domain/kernel/ids.ts';
import type { ImportRun } from '#lib/domain/import/kinds.ts';
import { run } from '#lib/domain/registry/run.ts';
import { SchoolState } from '#lib/domain/registry/state.ts';
import {
	administrator,
	enrolmentRecord,
	firstAccount,
	pupilRecord,
	school
} from '#lib/domain/testing/test-school.ts';
import { everyRecord } from '#lib/domain/testing/every-kind.ts';
import type { JoiningSecret } from '#lib/protocol/join.ts';

export const schoolId: Id = school.id;
/** The last of them is of age. */
export const pupilIds = ['p1', 'p2', 'p3', 'p4'] as const;
export const groupIds = ['g1', 'g2'] as const;
export const headId = administrator.id;
/** Another of the administration, whose rights come and go. */
export const deputyId: Id = 'account-8';
export const teacherId: Id = 'account-9';
export const guardianId: Id = 'account-jan';
/** Of the pupil who is of age: an advanced LeerID. */
export const adultId: Id = 'leerId-p4';
/** A basic one. */
export const childId: Id = 'leerId-p2';

/** Everybody who may sign in when it begins. */
export const cast: readonly Id[] = [headId, deputyId, teacherId, guardianId, adultId, childId];

const none = { kind: 'account', archivedAt: null, rights: [], secretId: null } as const;
const deputy: Account = {
	...firstAccount,
	...none,
	id: deputyId,
	userName: 'deputy',
	rights: ['cards', 'import', 'leerId'],
	secretId: 'secret-deputy'
};
const teacher: Account = {
	...firstAccount,
	...none,
	id: teacherId,
	userName: 'bart.maes',
	role: 'teacher',
	groupIds: ['g1'],
	secretId: 'secret-teacher'
};
const guardian = guardianAccount('jan', { id: guardianId, secretId: 'secret-jan' });
const address = { street: '', houseNumber: '', postcode: '', city: '', phone: '', email: '' };

const people: readonly AnyRecord[] = [
	...groupIds.map((id): AnyRecord => ({ kind: 'group', id, name: id })),
	...pupilIds.flatMap((id, at): AnyRecord[] => [
		pupilRecord(id, { groupId: at === 0 ? 'g2' : 'g1' }),
		enrolmentRecord(id),
		{ kind: 'pupilIdentity', id, birthDate: id === 'p4' ? '2008-01-01' : '2015-01-01', sex: 'X' },
		{ kind: 'pupilContact', id, ...address }
	]),
	guardianRecord('jan'),
	guardianshipRecord('jan', 'p1'),
	guardianshipRecord('jan', 'p4')
];

/** `school.create@1`, by its first account. */
export const founding: ArgsOf<'school.create@1'> = {
	school,
	account: firstAccount,
	cardKey: { kind: 'cardKey', id: 'key-1', number: 1, publicKey: 'public', retiredAt: null },
	cardKeyPrivate: { kind: 'cardKeyPrivate', id: 'key-1', privateKey: 'private' }
};

/** The state that a school has come to on one device. */
export interface Grown {
	readonly records: readonly AnyRecord[];
	readonly secrets: readonly JoiningSecret[];
}

let grown: Grown | null = null;

/** The school when it begins, with the history of all that was done to it until then. */
export function grownSchool(): Grown {
	return (grown ??= grow());
}

function grow(): Grown {
	const state = new SchoolState();
	let made = 0;
	function make<Name extends MutationName>(
		name: Name,
		args: ArgsOf<Name>,
		{ at = '2026-11-21T08:00:00.000Z', actor = administrator }: { at?: Instant; actor?: Actor } = {}
	) {
		const uid = `grown-${++made}`;
		const mutation = {
			name,
			args,
			uid,
			batch: `batch-${made >> 1}`,
			actorId: actor.id,
			madeAt: at
		};
		const result = run(state, mutation, { actor, today: at.slice(0, 10) });
		if (!result.ok) throw new Error(`${name}: ${result.refusal.code}`);
		state.apply(result.value);
	}
	// So long ago that no import of that day can be undone.
	make('school.create@1', founding, { at: '2026-09-01T08:00:00.000Z' });
	importing('old', people.slice(0, 8), '2026-09-02T08:00:00.000Z');
	importing('new', people.slice(8), '2026-11-20T08:00:00.000Z');
	for (const account of [deputy, teacher, guardian]) make('account.create@1', { account });
	// Passwords, and with them cards, can be taken back for a day.
	const daysAgo = { at: '2026-11-18T08:00:00.000Z' };
	const renewed = { fromSecretId: teacher.secretId, secretId: 'secret-teacher-2' };
	make('account.renew@1', { accountId: teacherId, ...renewed }, daysAgo);
	make('print.start@1', { printRunId: 'print-empty', title: 'Leeg', cardCount: 1 }, daysAgo);
	make('print.start@1', { printRunId: 'print-0', title: 'Begin', cardCount: 2 }, daysAgo);
	for (const type of ['basic', 'advanced'] as const) {
		const pupilId = type === 'basic' ? 'p2' : 'p4';
		const args = {
			leerIdId: `leerId-${pupilId}`,
			pupilId,
			type,
			userName: `user.${pupilId}`,
			passwordKind: type === 'basic' ? 'word' : 'temporary',
			secretId: `secret-${pupilId}`,
			cardId: `card-${pupilId}`,
			printRunId: 'print-0'
		} as const;
		make('leerId.create@1', args, daysAgo);
	}
	make('print.saved@1', { printRunId: 'print-0' }, daysAgo);
	make('card.handOut@1', { cardId: 'card-p2', ticked: 'hand' }, daysAgo);
	make('card.handOut@1', { cardId: 'card-p4', ticked: 'hand' });
	const report = { reportId: 'report-0', accountId: guardianId };
	make('signIn.report@1', report, { actor: { id: 'system', role: 'system', rights: [] } });
	return { records: everyRecord(state), secrets: secretsOf(state) };

	function importing(name: string, records: readonly AnyRecord[], at: Instant) {
		const run = importRun(`import-${name}`, headId);
		make('import.start@1', { run }, { at });
		const adding = records.map((add) => ({ add }));
		make('import.write@1', { importRunId: run.id, records: adding }, { at });
	}
}

export function importRun(id: Id, actorId: Id): ImportRun {
	const counts = { added: 0, changed: 0, left: 0, skipped: 0 };
	const file = { fileName: '', format: '', whole: false, undoneAt: null };
	return { kind: 'importRun', id, madeAt: '2026-11-21T10:00:00.000Z', actorId, ...file, ...counts };
}

function secretsOf(state: SchoolState): JoiningSecret[] {
	return [...state.all('account'), ...state.all('leerId')].flatMap(({ id: account, secretId }) =>
		secretId === null
			? []
			: [{ id: secretId, account, secret: { kind: 'word', text: `wachtwoord-${account}` } }]
	);
}
