import type { Actor } from '../kernel/actor.ts';
import type { Mutator } from '../registry/mutator.ts';
import type { Id } from '../kernel/ids.ts';
import type { Refusal } from '../registry/refusal.ts';
import { refuseEmail, refusePassword } from '../credentials/at-the-door.ts';
import { refuseSecret } from './issue-mutators.ts';
import type { ChoosePassword, LinkEmail, SignedIn } from './mutators.ts';

/** Only the pupil whose LeerID it is; a pupil's actor id is that of the LeerID. */
function ownLeerId(actor: Actor, { leerIdId }: { readonly leerIdId: Id }): boolean {
	return actor.role === 'pupil' && actor.id === leerIdId;
}

function missing(leerIdId: Id): Refusal {
	return { code: 'notFound', kind: 'leerId', id: leerIdId };
}

export const choosePassword: Mutator<ChoosePassword> = {
	may: ownLeerId,
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
};

export const linkEmail: Mutator<LinkEmail> = {
	may: ownLeerId,
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
};

export const signedIn: Mutator<SignedIn> = {
	may: ownLeerId,
	run(draft, { leerIdId }, { madeAt }) {
		const leerId = draft.get('leerId', leerIdId);
		if (!leerId) return missing(leerIdId);
		// Two devices may tell in the other order.
		if ((leerId.lastSignInAt ?? '') < madeAt) draft.put({ ...leerId, lastSignInAt: madeAt });
		return null;
	}
};
