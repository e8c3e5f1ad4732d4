import { newId, randomInt } from '#lib/crypto/random.ts';
import { importedUserName } from '#lib/domain/accounts/imported-user-name.ts';
import { isUserNameTaken } from '#lib/domain/credentials/user-names.ts';
import type { IssuedKind, LeerId, LeerIdType } from '#lib/domain/credentials/kinds.ts';
import {
	imagePassword,
	temporaryPassword,
	wordPassword
} from '#lib/domain/credentials/password.ts';
import { pictureNames } from '#lib/domain/credentials/pictures.ts';
import type { Secret } from '#lib/domain/credentials/secret.ts';
import { leerIdUserNameBase, userNameGenerator } from '#lib/domain/credentials/user-name.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import type { Pupil } from '#lib/domain/people/kinds.ts';
import type { School } from '#lib/domain/school/kinds.ts';
import type { SchoolState } from '#lib/domain/registry/state.ts';
import { command, type Command } from '../session/session.svelte.ts';

/** A password that was made for a pupil and is nowhere yet. */
export interface NewPassword {
	readonly secretId: Id;
	readonly secret: Secret;
}

/** A new password of a kind, as the school's settings want it. */
export function newPassword(kind: IssuedKind, school: School): NewPassword {
	return { secretId: newId(), secret: newSecret(kind, school) };
}

function newSecret(kind: IssuedKind, school: School): Secret {
	if (kind === 'word') return wordPassword(randomInt);
	if (kind === 'temporary') return temporaryPassword(randomInt);
	const { imagePasswordLength: length, imagePasswordChoices: choices } = school;
	return imagePassword(pictureNames, { length, choices }, randomInt);
}

/** The kind that a renewed password has: the account's own, and for one the pupil chose a temporary one. */
export function renewedKind(leerId: LeerId): IssuedKind {
	return leerId.passwordKind === 'own' ? 'temporary' : leerId.passwordKind;
}

/** Returns the user names that new LeerIDs would get, none given twice (product.md 34). */
export function newUserNames(state: SchoolState, pupils: readonly Pupil[]): Map<Id, string> {
	const next = userNameGenerator((name) => isUserNameTaken(state, name));
	return new Map(
		pupils.map((pupil) => [
			pupil.id,
			next(importedUserName(state, pupil.id) ?? leerIdUserNameBase(pupil))
		])
	);
}

export interface PlannedCreation {
	readonly pupilId: Id;
	readonly userName: string;
	readonly type: LeerIdType;
	readonly password: NewPassword;
}

export interface PlannedRenewal {
	readonly leerId: LeerId;
	readonly password: NewPassword;
}

export interface PlannedAdjustment extends PlannedRenewal {
	readonly userName: string;
}

export function creationCommand(planned: PlannedCreation, printRunId: Id): Command {
	const { pupilId, userName, type, password } = planned;
	const { secretId, secret } = password;
	const args = {
		...{ leerIdId: newId(), pupilId, type, userName, passwordKind: secret.kind },
		...{ secretId, cardId: newId(), printRunId }
	};
	return command('leerId.create@1', args, { [secretId]: secret });
}

export function renewalCommand({ leerId, password }: PlannedRenewal, printRunId: Id): Command {
	const { secretId, secret } = password;
	const args = {
		...{ leerIdId: leerId.id, fromSecretId: leerId.secretId },
		...{ secretId, cardId: newId(), printRunId }
	};
	return command('leerId.renew@1', args, { [secretId]: secret });
}

export function adjustmentCommand(planned: PlannedAdjustment, printRunId: Id): Command {
	const { leerId, userName, password } = planned;
	const { secretId, secret } = password;
	const args = {
		...{ leerIdId: leerId.id, fromSecretId: leerId.secretId },
		userName: [leerId.userName, userName] as const,
		passwordKind: secret.kind,
		...{ secretId, cardId: newId(), printRunId }
	};
	return command('leerId.adjust@1', args, { [secretId]: secret });
}
