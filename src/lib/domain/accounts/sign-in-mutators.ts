import type { Actor } from '../kernel/actor.ts';
import type { Mutator } from '../registry/mutator.ts';
import type { Id } from '../kernel/ids.ts';
import type { Refusal } from '../registry/refusal.ts';
import { administrationWith } from '../kernel/role-rules.ts';
import type { StateReader } from '../registry/state.ts';
import type { SignInBlock } from './kinds.ts';
import { hasAccountAdministrator } from './account-rules.ts';

/** By the endpoint after too many wrong passwords, or by the administration. */
export interface BlockSignIn {
	/** Of the account or LeerID. */
	readonly accountId: Id;
	readonly cause: SignInBlock['cause'];
}

/** *Account is geblokkeerd*, unticked (product.md 5). */
export interface UnblockSignIn {
	readonly accountId: Id;
}

/** *Dit ben ik niet*. */
export interface ReportSignIn {
	readonly reportId: Id;
	readonly accountId: Id;
}

/** The administration has seen to it. */
export interface SettleReport {
	readonly reportId: Id;
}

const blockSignIn: Mutator<BlockSignIn> = {
	may: (actor, { cause }) =>
		cause === 'wrongPasswords' ? isSystem(actor) : administrationWith('accounts')(actor),
	run(draft, { accountId: id, cause }, { madeAt }) {
		const refusal = refuseUnknown(draft, id);
		if (refusal) return refusal;
		if (cause !== 'wrongPasswords' && cause !== 'administration') {
			return { code: 'invalidValue', field: 'cause' };
		}
		const block = draft.get('signInBlock', id);
		// The administration's weighs more: it ends what is signed in too.
		if (block && (block.cause === cause || cause === 'wrongPasswords')) return null;
		draft.put({ kind: 'signInBlock', id, since: madeAt, cause });
		// Somebody must be left who can lift it.
		return hasAccountAdministrator(draft) ? null : { code: 'lastAdministrator' };
	}
};

const unblockSignIn: Mutator<UnblockSignIn> = {
	may: (actor, { accountId }, state) =>
		administrationWith('accounts')(actor) ||
		(state.get('leerId', accountId) !== undefined && administrationWith('leerId')(actor)),
	run(draft, { accountId }) {
		const refusal = refuseUnknown(draft, accountId);
		if (!refusal && draft.get('signInBlock', accountId)) draft.remove('signInBlock', accountId);
		return refusal;
	}
};

const reportSignIn: Mutator<ReportSignIn> = {
	may: isSystem,
	run(draft, { reportId: id, accountId }, { madeAt }) {
		const refusal = refuseUnknown(draft, accountId);
		if (refusal) return refusal;
		if (draft.get('signInReport', id)) return { code: 'alreadyExists', kind: 'signInReport', id };
		draft.put({ kind: 'signInReport', id, accountId, madeAt });
		return null;
	}
};

const settleReport: Mutator<SettleReport> = {
	may: administrationWith('accounts'),
	run(draft, { reportId }) {
		if (draft.get('signInReport', reportId)) draft.remove('signInReport', reportId);
		return null;
	}
};

function isSystem({ role }: Actor): boolean {
	return role === 'system';
}

function refuseUnknown(state: StateReader, id: Id): Refusal | null {
	const known = state.get('account', id) ?? state.get('leerId', id);
	return known ? null : { code: 'notFound', kind: 'account', id };
}

export const signInMutators = {
	'signIn.block@1': blockSignIn,
	'signIn.unblock@1': unblockSignIn,
	'signIn.report@1': reportSignIn,
	'signIn.settleReport@1': settleReport
};
