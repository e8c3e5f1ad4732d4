import { refuseNewId } from '../credentials/actor-ids.ts';
import { isUserNameTaken } from '../credentials/user-names.ts';
import type { Context } from '../kernel/mutation.ts';
import type { Mutator } from '../registry/mutator.ts';
import type { Id } from '../kernel/ids.ts';
import type { LeerId } from '../credentials/kinds.ts';
import type { Refusal } from '../registry/refusal.ts';
import { administrationWith } from '../kernel/role-rules.ts';
import type { Draft } from '../registry/state.ts';
import { issueCard, kindFits, refuseIssue } from './issue-card.ts';
import type { AdjustLeerId, CreateLeerId, RenewLeerId } from './mutators.ts';
import { isEnrolled, leerIdOf } from '../credentials/status.ts';
import { isUserName } from '../credentials/user-name.ts';

export const create: Mutator<CreateLeerId> = {
	may: administrationWith('leerId'),
	run(draft, args, context) {
		const refusal = refuseCreate(draft, args, context) ?? refuseIssue(draft, args);
		if (refusal) return refusal;
		const { leerIdId: id, pupilId, type, userName, passwordKind, secretId } = args;
		const leerId: LeerId = {
			kind: 'leerId',
			id,
			pupilId,
			type,
			userName,
			passwordKind,
			secretId,
			email: null,
			mustChange: type === 'advanced',
			createdAt: context.madeAt,
			lastSignInAt: null
		};
		issueCard(draft, leerId, args, context);
		return null;
	}
};

function refuseCreate(draft: Draft, args: CreateLeerId, context: Context): Refusal | null {
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

export const renew: Mutator<RenewLeerId> = {
	may: administrationWith('leerId'),
	run(draft, args, context) {
		const leerId = draft.get('leerId', args.leerIdId);
		if (!leerId) return { code: 'notFound', kind: 'leerId', id: args.leerIdId };
		if (leerId.email !== null) return { code: 'passwordIsPupilsOwn' };
		if (!isEnrolled(draft, leerId.pupilId, context.today)) return { code: 'notEnrolled' };
		const refusal =
			refuseSecret(leerId, args.fromSecretId, args.secretId) ?? refuseIssue(draft, args);
		if (refusal) return refusal;
		const passwordKind = leerId.passwordKind === 'own' ? 'temporary' : leerId.passwordKind;
		const renewed = { ...leerId, passwordKind, mustChange: leerId.type === 'advanced' };
		issueCard(draft, renewed, args, context);
		return null;
	}
};

export const adjust: Mutator<AdjustLeerId> = {
	may: administrationWith('leerId'),
	run(draft, args, context) {
		const leerId = draft.get('leerId', args.leerIdId);
		if (!leerId) return { code: 'notFound', kind: 'leerId', id: args.leerIdId };
		const refusal = refuseAdjust(draft, leerId, args) ?? refuseIssue(draft, args);
		if (refusal) return refusal;
		const adjusted: LeerId = {
			...leerId,
			userName: args.userName[1],
			passwordKind: args.passwordKind,
			email: null,
			mustChange: leerId.type === 'advanced'
		};
		issueCard(draft, adjusted, args, context);
		return null;
	}
};

function refuseAdjust(draft: Draft, leerId: LeerId, args: AdjustLeerId): Refusal | null {
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
