import type { Actor } from '../kernel/actor.ts';
import type { Account } from './kinds.ts';
import type { AnyRecord } from '../registry/records.ts';
import type { Guardian, Guardianship } from '../people/kinds.ts';
import type { Id } from '../kernel/ids.ts';
import { firstAccount, TestSchool } from '../testing/test-school.ts';

/** For tests: a school with parents. */

export function guardianRecord(id: Id, fields: Partial<Guardian> = {}): Guardian {
	const name = { givenName: 'Jan', initials: 'J.', namePrefix: 'van der', familyName: 'Berg' };
	return { kind: 'guardian', id, ...name, ...fields };
}

export function guardianshipRecord(
	guardianId: Id,
	pupilId: Id,
	fields: Partial<Guardianship> = {}
): Guardianship {
	const link = { relation: 'vader', authority: true, receivesMail: true, addressVisible: true };
	const id = `link-${guardianId}-${pupilId}`;
	return { kind: 'guardianship', id, guardianId, pupilId, ...link, ...fields };
}

/** The account of a guardian, `account-GUARDIAN`, with a password from the school. */
export function guardianAccount(guardianId: Id, fields: Partial<Account> = {}): Account {
	return {
		...firstAccount,
		id: `account-${guardianId}`,
		userName: `user${guardianId.replaceAll('-', '')}`,
		displayName: 'Jan van der Berg',
		role: 'guardian',
		rights: [],
		guardianId,
		secretId: `secret-${guardianId}-1`,
		...fields
	};
}

export function guardianActor(guardianId: Id): Actor {
	return { id: `account-${guardianId}`, role: 'guardian', rights: [] };
}

/** Puts records in a school's state as an import would have. */
export function bring(school: TestSchool, ...records: readonly AnyRecord[]): void {
	school.state.apply({ puts: records, removes: [] });
}

/** A school with one pupil, `child`, and their parents `mother` and `father`. */
export function familySchool(): TestSchool {
	const school = new TestSchool('child');
	bring(school, guardianRecord('mother', { givenName: 'Els', initials: 'E.' }));
	bring(school, guardianRecord('father'));
	bring(school, guardianshipRecord('mother', 'child', { relation: 'moeder' }));
	bring(school, guardianshipRecord('father', 'child'));
	return school;
}
