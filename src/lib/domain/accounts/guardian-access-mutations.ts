import { maybe, moment, named, text, truth } from '../kernel/field.ts';
import type { Context } from '../kernel/mutation.ts';
import { administrationWith } from '../kernel/role-rules.ts';
import { mutation } from '../registry/mutation.ts';
import type { Refusal } from '../registry/refusal.ts';
import type { Draft } from '../registry/state.ts';
import { isAllowed, isOfAge } from './guardian-access.ts';
import type { GuardianAccess } from './kinds.ts';

export const guardianAccessMutations = {
	/** *Mijn ouders mogen mijn gegevens zien*, by a pupil who is of age. */
	'guardianAccess.choose@1': mutation({
		args: { pupilId: named('pupil'), allowed: truth() },
		may: (actor, { pupilId }, state) =>
			actor.role === 'pupil' && state.get('leerId', actor.id)?.pupilId === pupilId,
		about: 'pupilId',
		topic: 'accounts',
		part: 'deed',
		undo: { by: 'maker', within: null },
		ends: null,
		secret: null,
		run: (draft, { pupilId, allowed }, context) =>
			decide(draft, { id: pupilId, allowed, consent: null }, context)
	}),

	/** The same by the administration, with what it knows of the pupil's consent. */
	'guardianAccess.record@1': mutation({
		args: {
			pupilId: named('pupil'),
			allowed: truth(),
			consent: text(),
			/** `decidedAt` of the decision that the person saw; null: there was none. */
			seen: maybe(moment())
		},
		may: administrationWith('accounts'),
		about: 'pupilId',
		topic: 'accounts',
		part: 'deed',
		undo: { by: ['accounts'], within: null },
		ends: null,
		secret: null,
		run(draft, { pupilId: id, allowed, seen, ...args }, context) {
			const consent = args.consent.trim();
			if (consent === '' || consent.length > 1000)
				return { code: 'invalidValue', field: 'consent' };
			const theirs = draft.get('guardianAccess', id)?.decidedAt ?? null;
			// Or an older consent would pass over what the pupil said since.
			if (theirs !== seen) {
				const what = { kind: 'guardianAccess', id, field: 'allowed' } as const;
				return { code: 'changedMeanwhile', ...what, mine: allowed, theirs: isAllowed(draft, id) };
			}
			return decide(draft, { id, allowed, consent }, context);
		}
	})
};

function decide(
	draft: Draft,
	decision: Pick<GuardianAccess, 'id' | 'allowed' | 'consent'>,
	{ today, madeAt }: Context
): Refusal | null {
	const { id } = decision;
	if (!draft.get('pupil', id)) return { code: 'notFound', kind: 'pupil', id };
	if (!isOfAge(draft, id, today)) return { code: 'notOfAge' };
	draft.put({ kind: 'guardianAccess', ...decision, decidedAt: madeAt });
	return null;
}
