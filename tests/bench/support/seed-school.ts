import { createSchoolArgs } from '#lib/client/school/new-school.ts';
import { newUserNames, creationCommand, newPassword } from '#lib/client/leer-id/commands.ts';
import { command, type Command } from '#lib/client/session/session.svelte.ts';
import { passwordCost } from '#lib/crypto/password-key.ts';
import { newId, newTimedId } from '#lib/crypto/random.ts';
import { newRecoveryCode } from '#lib/crypto/recovery-code.ts';
import { mutationsOf } from '#lib/domain/import/import-commands.ts';
import { planImport } from '#lib/domain/import/plan-import.ts';
import type { Actor } from '#lib/domain/kernel/actor.ts';
import { actorOf } from '#lib/domain/accounts/account-rules.ts';
import type { SchoolState } from '#lib/domain/registry/state.ts';
import { allKinds } from '#lib/domain/registry/kinds.ts';
import { everyRecord } from '#lib/domain/testing/every-kind.ts';
import { now, today } from '#lib/client/browser/clock.ts';
import { DeviceVaults, type OpenVault } from '#lib/vault/device/device-vaults.ts';
import type { Entry } from '#lib/vault/pages/entry.ts';
import type { Platform } from '#lib/vault/disk/platform.ts';
import { vaultPrefix } from '#lib/vault/disk/presence.ts';
import { bulkRoster } from '../../support/bulk-roster.ts';
import { benchStaff } from './staff.ts';

/** An open school without pupils, and who works in it. */
export interface BenchSchool extends OpenVault {
	readonly actor: Actor;
}

/** A school on this device, as *Nieuwe school op dit apparaat* makes it. */
export async function newSchool(): Promise<BenchSchool> {
	const { userName, password, displayName } = benchStaff;
	const form = {
		name: 'Basisschool De Meetlat',
		number: '123456',
		displayName,
		userName,
		password
	};
	const args = await createSchoolArgs(form);
	const actor = actorOf(args.account);
	if (!actor) throw new Error('a new account is not archived');
	const mutation = {
		name: 'school.create@1',
		args,
		uid: newTimedId(),
		batch: null,
		actorId: actor.id,
		madeAt: now()
	};
	const made = await new DeviceVaults(platform()).create({
		schoolName: form.name,
		account: { accountId: actor.id, userName, displayName },
		password,
		recoveryCode: newRecoveryCode(),
		entries: [{ mutation, actor, today: today() }]
	});
	if (!made.ok) throw new Error(made.refusal.code);
	return { ...made.value, actor };
}

/** The mutations of an import of so many pupils, with all that a full file says of them. */
export function importEntries({ replica, actor }: BenchSchool, pupils: number): Entry[] {
	const roster = bulkRoster({ pupils, year: schoolYear(today()) });
	const plan = planImport(replica.state, roster, { today: today(), newId, whole: false });
	if (plan.counts.new === 0 || plan.counts.doubt > 0)
		throw new Error('the bench roster is in doubt');
	const made = {
		importRunId: newId(),
		actorId: actor.id,
		madeAt: now(),
		fileName: 'leerlingen.xlsx'
	};
	return entriesOf(
		mutationsOf(plan, made).map(({ name, args }) => command(name, args)),
		actor
	);
}

/** Mutations that make a LeerID for so many pupils who have none, each with its password. */
export function creationEntries({ replica, actor }: BenchSchool, count: number): Entry[] {
	const { state } = replica;
	const [school] = state.all('school');
	const pupils = [...state.all('pupil')]
		.filter(({ id }) => state.find('leerIdByPupil', id).length === 0)
		.slice(0, count);
	if (!school || pupils.length < count) throw new Error('too few pupils without a LeerID');
	const userNames = newUserNames(state, pupils);
	const printRunId = newId();
	const start = { printRunId, title: 'Iedereen', cardCount: count };
	const creations = pupils.map(({ id: pupilId }) =>
		creationCommand(
			{
				pupilId,
				userName: userNames.get(pupilId) ?? '',
				type: 'basic',
				password: newPassword('word', school)
			},
			printRunId
		)
	);
	return entriesOf([command('print.start@1', start), ...creations], actor);
}

/** @throws Error where a rule or the disk says no: a bench measures only what is done. */
export async function commit({ replica }: BenchSchool, entries: readonly Entry[]): Promise<void> {
	const done = await replica.commitEntries(entries);
	if (!done.ok) throw new Error(JSON.stringify(done.refusal));
}

export async function fold({ replica }: Pick<BenchSchool, 'replica'>): Promise<void> {
	const folded = await replica.fold();
	if (!folded.ok || !folded.value) throw new Error('nothing was folded');
}

export function entriesOf(commands: readonly Command[], actor: Actor): Entry[] {
	const batch = newId();
	const madeAt = now();
	return commands.map(({ name, args, secrets }) => ({
		mutation: { name, args, uid: newTimedId(), batch, actorId: actor.id, madeAt },
		secrets,
		actor,
		today: today()
	}));
}

/** All that opening a school reads: history comes when it is asked for. */
export function openedRecords(state: SchoolState) {
	return everyRecord(
		state,
		allKinds.filter((kind) => kind !== 'history')
	);
}

/** As the app has it, but that passwords are derived on the page. */
export function platform(): Platform {
	return {
		indexedDB,
		IDBKeyRange,
		locks: navigator.locks,
		now: Date.now,
		passwordCost,
		prefix: vaultPrefix
	};
}

function schoolYear(day: string): number {
	const year = Number(day.slice(0, 4));
	return day.slice(5) >= '09-01' ? year : year - 1;
}
