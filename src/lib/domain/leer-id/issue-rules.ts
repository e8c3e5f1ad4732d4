import { isEnrolled, leerIdOf } from '../credentials/status.ts';
import { isUserName } from '../credentials/user-name.ts';
import { isUserNameTaken } from '../credentials/user-names.ts';
import { refuseNewId } from '../credentials/actor-ids.ts';
import type { IssuedKind, LeerId } from '../credentials/kinds.ts';
import type { Id } from '../kernel/ids.ts';
import type { Context } from '../kernel/mutation.ts';
import type { Refusal } from '../registry/refusal.ts';
import type { Draft } from '../registry/state.ts';
import { kindFits } from './issue-card.ts';

/** Why a pupil cannot get this LeerID, if so. */
export function refuseCreate(
	draft: Draft,
	args: Pick<LeerId, 'pupilId' | 'type' | 'userName'> & {
		readonly leerIdId: Id;
		readonly passwordKind: IssuedKind;
	},
	context: Context
): Refusal | null {
	const { leerIdId, pupilId, type, userName, passwordKind } = args;
	if (!draft.get('pupil', pupilId)) return { code: 'notFound', kind: 'pupil', id: pupilId };
	const existing = leerIdOf(draft, pupilId);
	if (existing) return { code: 'alreadyExists', kind: 'leerId', id: existing.id };
	const taken = refuseNewId(draft, leerIdId);
	if (taken) return taken;
	if (!isEnrolled(draft, pupilId, context.today)) return { code: 'notEnrolled' };
	if (type !== 'basic' && type !== 'advanced') return { code: 'invalidValue', field: 'type' };
	if (!kindFits(type, passwordKind)) return { code: 'invalidValue', field: 'passwordKind' };
	return refuseUserName(draft, userName);
}

/** Why a LeerID cannot be adjusted so, if so. */
export function refuseAdjust(
	draft: Draft,
	leerId: LeerId,
	args: {
		readonly fromSecretId: Id | null;
		readonly secretId: Id;
		readonly userName: readonly [from: string, to: string];
		readonly passwordKind: IssuedKind;
	}
): Refusal | null {
	const stale = refuseSecret(leerId, args.fromSecretId, args.secretId);
	if (stale) return stale;
	if (!kindFits(leerId.type, args.passwordKind))
		return { code: 'invalidValue', field: 'passwordKind' };
	const [from, to] = args.userName;
	if (leerId.userName === to) return null;
	if (leerId.userName !== from) {
		const { kind, id, userName: theirs } = leerId;
		return { code: 'changedMeanwhile', kind, id, field: 'userName', mine: to, theirs };
	}
	return refuseUserName(draft, to);
}

function refuseUserName(draft: Draft, userName: string): Refusal | null {
	if (!isUserName(userName)) return { code: 'invalidValue', field: 'userName' };
	return isUserNameTaken(draft, userName) ? { code: 'userNameTaken', userName } : null;
}

/** Somebody else gave a new password meanwhile, or the new one is the one that it replaces. */
export function refuseSecret(
	leerId: LeerId,
	fromSecretId: Id | null,
	secretId: Id
): Refusal | null {
	const { kind, id, secretId: theirs } = leerId;
	if (theirs !== fromSecretId) {
		return { code: 'changedMeanwhile', kind, id, field: 'secretId', mine: secretId, theirs };
	}
	return secretId === fromSecretId ? { code: 'invalidValue', field: 'secretId' } : null;
}
