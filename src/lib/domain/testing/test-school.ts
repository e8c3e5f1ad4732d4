import type { Actor, Right } from '../kernel/actor.ts';
import type { Mutation } from '../kernel/mutation.ts';
import type { ArgsOf, MutationName } from '../registry/mutations.ts';
import type { Account } from '../accounts/kinds.ts';
import type { Enrolment, Group, Pupil } from '../people/kinds.ts';
import type { Id, Instant, IsoDate } from '../kernel/ids.ts';
import type { School } from '../school/kinds.ts';
import type { Refusal } from '../registry/refusal.ts';
import { run } from '../registry/run.ts';
import { SchoolState } from '../registry/state.ts';
import { allKinds } from '../registry/kinds.ts';
import { everyRecord, sampleRecords } from './every-kind.ts';

/** A small school for tests: one administrator with every right, one group, and pupils on request. */

export const today: IsoDate = '2026-11-21';
const allRights: readonly Right[] = ['accounts', 'cards', 'import', 'leerId', 'settings'];

export const administrator: Actor = { id: 'account-1', role: 'administration', rights: allRights };
export const teacher: Actor = { id: 'account-2', role: 'teacher', rights: [] };

export function administratorWith(...rights: readonly Right[]): Actor {
	return { id: 'account-3', role: 'administration', rights };
}

export function pupilActor(leerIdId: Id): Actor {
	return { id: leerIdId, role: 'pupil', rights: [] };
}

export const school: School = sampleRecords.school[0];
export const firstAccount: Account = sampleRecords.account[0];
export const group: Group = sampleRecords.group[0];

export function pupilRecord(id: Id, fields: Partial<Pupil> = {}): Pupil {
	return {
		kind: 'pupil',
		id,
		pupilNumber: `number-${id}`,
		givenName: 'Abdulghani',
		namePrefix: '',
		familyName: 'Bogdan',
		groupId: group.id,
		...fields
	};
}

export function enrolmentRecord(pupilId: Id, fields: Partial<Enrolment> = {}): Enrolment {
	return {
		kind: 'enrolment',
		id: `enrolment-${pupilId}`,
		pupilId,
		from: '2026-09-01',
		to: '2027-08-31',
		endReason: 'schoolYear',
		...fields
	};
}

export interface MadeBy {
	readonly actor?: Actor;
	readonly madeAt?: Instant;
	readonly batch?: Id | null;
	readonly today?: IsoDate;
}

/** A school in memory that mutations are made in, one second after the other. */
export class TestSchool {
	readonly state: SchoolState;
	/** Of the mutation that was made last. */
	uid: Id = '';
	#made = 0;

	constructor(...pupilIds: readonly Id[]) {
		const people = pupilIds.flatMap((id) => [pupilRecord(id), enrolmentRecord(id)]);
		this.state = new SchoolState([school, firstAccount, group, ...people]);
	}

	/** Runs a mutation and folds it in; returns why not, or null. */
	make<Name extends MutationName>(name: Name, args: ArgsOf<Name>, by: MadeBy = {}): Refusal | null {
		const actor = by.actor ?? administrator;
		this.uid = `uid-${++this.#made}`;
		const mutation: Mutation = {
			name,
			args,
			uid: this.uid,
			batch: by.batch ?? null,
			actorId: actor.id,
			madeAt: by.madeAt ?? this.at(this.#made)
		};
		const result = run(this.state, mutation, { actor, today: by.today ?? today });
		if (!result.ok) return result.refusal;
		this.state.apply(result.value);
		return null;
	}

	at(seconds: number): Instant {
		return new Date(Date.parse(`${today}T09:00:00Z`) + seconds * 1000).toISOString();
	}

	/** A print run, and a LeerID printed in it, of this pupil: `leerId-…`, `secret-…-1`, `card-…-1`. */
	withLeerId(pupilId: Id, type: 'basic' | 'advanced' = 'basic', by: MadeBy = {}): Id {
		this.startPrint();
		const leerIdId = `leerId-${pupilId}`;
		const passwordKind = type === 'basic' ? 'word' : 'temporary';
		const issued = this.issue(pupilId, 1);
		const userName = `user.${pupilId}`;
		const args = { ...issued, leerIdId, pupilId, type, userName, passwordKind } as const;
		const refusal = this.make('leerId.create@1', args, by);
		if (refusal) throw new Error(refusal.code);
		return leerIdId;
	}

	startPrint(): void {
		if (this.state.get('printRun', 'print-1')) return;
		this.make('print.start@1', { printRunId: 'print-1', title: 'Test', cardCount: 1 });
	}

	issue(pupilId: Id, issue: number) {
		return {
			secretId: `secret-${pupilId}-${issue}`,
			cardId: `card-${pupilId}-${issue}`,
			printRunId: 'print-1'
		};
	}

	/** The arguments of a renewal to this issue, from the one before. */
	renewal(pupilId: Id, issue: number) {
		const fromSecretId = `secret-${pupilId}-${issue - 1}`;
		return { ...this.issue(pupilId, issue), leerIdId: `leerId-${pupilId}`, fromSecretId };
	}

	undo(uid: Id, except: readonly Id[] = [], by: MadeBy = {}): Refusal | null {
		return this.make('change.undo@1', { uid, except }, by);
	}

	/** A pupil's cards: `1 replaced`, `2 current`. */
	cards(pupilId: Id): string[] {
		const cards = this.state.find('cardByPupil', pupilId);
		return cards.map(({ issue, state }) => `${issue} ${state}`).sort();
	}
}

/** Everything that a state holds, but history unless asked for, in an order of its own: for comparing states. */
export function snapshot(state: SchoolState, withHistory = false): string[] {
	const kinds = allKinds.filter((kind) => withHistory || kind !== 'history');
	return everyRecord(state, kinds)
		.map((record) => JSON.stringify(record))
		.sort();
}
