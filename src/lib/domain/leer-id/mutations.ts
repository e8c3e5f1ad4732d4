import type { Actor } from '../kernel/actor.ts';
import { choice, fromTo, maybe, named, secret, text } from '../kernel/field.ts';
import type { Id } from '../kernel/ids.ts';
import { administrationWith } from '../kernel/role-rules.ts';
import { refuseEmail, refusePassword } from '../credentials/at-the-door.ts';
import { credentials, issuedKinds, type LeerId } from '../credentials/kinds.ts';
import { isEnrolled } from '../credentials/status.ts';
import { passwordUndoHours } from '../credentials/undo-hours.ts';
import { mutation } from '../registry/mutation.ts';
import type { Refusal } from '../registry/refusal.ts';
import { issueCard, refuseIssue } from './issue-card.ts';
import { refuseAdjust, refuseCreate, refuseSecret } from './issue-rules.ts';

/** The new password and the card that it is printed on. The password itself travels beside this. */
const issued = {
	secretId: secret(),
	cardId: named('credentialCard'),
	printRunId: named('printRun')
};
const renewed = {
	...issued,
	leerIdId: named('leerId'),
	/** The secret that the person saw being replaced; null: the card was revoked. */
	fromSecretId: maybe(secret())
};
const byIssuers = { by: ['leerId'], within: passwordUndoHours } as const;

/** Only the pupil whose LeerID it is; a pupil's actor id is that of the LeerID. */
function ownLeerId(actor: Actor, { leerIdId }: { readonly leerIdId: Id }): boolean {
	return actor.role === 'pupil' && actor.id === leerIdId;
}

function missing(leerIdId: Id): Refusal {
	return { code: 'notFound', kind: 'leerId', id: leerIdId };
}

export const leerIdMutations = {
	'leerId.create@1': mutation({
		args: {
			...issued,
			leerIdId: named('leerId'),
			pupilId: named('pupil'),
			type: credentials.leerId.fields.type,
			userName: text(),
			passwordKind: choice(issuedKinds)
		},
		may: administrationWith('leerId'),
		about: 'pupilId',
		topic: 'leerId',
		part: 'deed',
		undo: byIssuers,
		ends: null,
		secret: (args) => ({ id: args.secretId, account: args.leerIdId, own: false }),
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
	}),

	/** Bulk: a new password of the kind the account has (product.md 37). */
	'leerId.renew@1': mutation({
		args: renewed,
		may: administrationWith('leerId'),
		about: 'leerIdId',
		topic: 'leerId',
		part: 'deed',
		undo: byIssuers,
		ends: ({ leerIdId }) => leerIdId,
		secret: (args) => ({ id: args.secretId, account: args.leerIdId, own: false }),
		run(draft, args, context) {
			const leerId = draft.get('leerId', args.leerIdId);
			if (!leerId) return { code: 'notFound', kind: 'leerId', id: args.leerIdId };
			if (leerId.email !== null) return { code: 'passwordIsPupilsOwn' };
			if (!isEnrolled(draft, leerId.pupilId, context.today)) return { code: 'notEnrolled' };
			const refusal =
				refuseSecret(leerId, args.fromSecretId, args.secretId) ?? refuseIssue(draft, args);
			if (refusal) return refusal;
			const passwordKind = leerId.passwordKind === 'own' ? 'temporary' : leerId.passwordKind;
			const leerIdRenewed = { ...leerId, passwordKind, mustChange: leerId.type === 'advanced' };
			issueCard(draft, leerIdRenewed, args, context);
			return null;
		}
	}),

	/** One by one (product.md 35, 38): always a new password, and unlinks the e-mail address. */
	'leerId.adjust@1': mutation({
		args: { ...renewed, userName: fromTo(text()), passwordKind: choice(issuedKinds) },
		may: administrationWith('leerId'),
		about: 'leerIdId',
		topic: 'leerId',
		part: 'deed',
		undo: byIssuers,
		ends: ({ leerIdId }) => leerIdId,
		secret: (args) => ({ id: args.secretId, account: args.leerIdId, own: false }),
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
	}),

	/** By the pupil with an advanced LeerID: a password of their own. */
	'leerId.choosePassword@1': mutation({
		args: { leerIdId: named('leerId'), fromSecretId: secret(), secretId: secret() },
		may: ownLeerId,
		about: 'leerIdId',
		topic: 'pupils',
		part: 'deed',
		// It asked for the pupil's password; an undo would ask for nothing.
		undo: null,
		ends: ({ leerIdId }) => leerIdId,
		secret: (args) => ({ id: args.secretId, account: args.leerIdId, own: true }),
		run(draft, { leerIdId, fromSecretId, secretId }, { door }) {
			const leerId = draft.get('leerId', leerIdId);
			if (!leerId) return missing(leerIdId);
			// A basic account keeps what is on its card (product.md 39).
			if (leerId.type !== 'advanced') return { code: 'notAllowed' };
			const refusal = refusePassword(door) ?? refuseSecret(leerId, fromSecretId, secretId);
			if (refusal) return refusal;
			draft.put({ ...leerId, passwordKind: 'own', secretId, mustChange: false });
			return null;
		}
	}),

	/** By the pupil with an advanced LeerID. */
	'leerId.linkEmail@1': mutation({
		args: { leerIdId: named('leerId'), email: fromTo(maybe(text()), text()) },
		may: ownLeerId,
		about: 'leerIdId',
		topic: 'pupils',
		part: 'deed',
		// As above.
		undo: null,
		ends: null,
		secret: null,
		run(draft, { leerIdId, email: [from, to] }, { door }) {
			const leerId = draft.get('leerId', leerIdId);
			if (!leerId) return missing(leerIdId);
			if (leerId.type !== 'advanced') return { code: 'notAllowed' };
			const refusal = refuseEmail(door, to);
			if (refusal) return refusal;
			if (leerId.email !== from && leerId.email !== to) {
				const { kind, id, email: theirs } = leerId;
				return { code: 'changedMeanwhile', kind, id, field: 'email', mine: to, theirs };
			}
			draft.put({ ...leerId, email: to });
			return null;
		}
	}),

	/** By the pupil: *Laatste aanmelding*. */
	'leerId.signedIn@1': mutation({
		args: { leerIdId: named('leerId') },
		may: ownLeerId,
		about: 'leerIdId',
		topic: 'signIns',
		part: 'deed',
		undo: null,
		ends: null,
		secret: null,
		run(draft, { leerIdId }, { madeAt }) {
			const leerId = draft.get('leerId', leerIdId);
			if (!leerId) return missing(leerIdId);
			// Two devices may tell in the other order.
			if ((leerId.lastSignInAt ?? '') < madeAt) draft.put({ ...leerId, lastSignInAt: madeAt });
			return null;
		}
	})
};
