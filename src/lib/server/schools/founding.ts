import { actorOf, laterAccountFields } from '#lib/domain/accounts/account-rules.ts';
import type { Secrets } from '#lib/domain/credentials/secret.ts';
import type { Mutation } from '#lib/domain/kernel/mutation.ts';
import type { ArgsOf } from '#lib/domain/registry/mutations.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import type { Refusal } from '#lib/domain/registry/refusal.ts';
import { parseArgs } from '#lib/protocol/mutation-args.ts';
import type { Store } from '../store/database.ts';
import { claimInvitation, invitationOf } from './invitation.ts';
import type { MoveRefusal } from './moving-in.ts';
import type { Schools } from '../sync/schools.ts';
import type { SchoolWriting } from '../sync/school-writing.ts';

declare const founded: unique symbol;

/** Whoever has just founded a school by its invitation, in the transaction in which they did. */
export interface Founder {
	readonly [founded]: true;
	readonly writing: SchoolWriting;
	/** The first one. */
	readonly account: Id;
}

/** Making a school on the endpoint, by the same mutation as on a device. */
export interface Founding {
	/** `school.create@1` */
	readonly mutation: Mutation;
	readonly secrets?: Secrets;
	readonly inviteHash: string;
	/** What belongs to it, in its transaction: the password of the first account. */
	readonly also: (founder: Founder) => Promise<void>;
}

export type Founded =
	{ readonly ok: true } | { readonly ok: false; readonly why: MoveRefusal | Refusal };

/** Makes a school that was invited, and opens it. */
export async function foundSchool(
	{ schools, store }: { readonly schools: Schools; readonly store: Store },
	founding: Founding
): Promise<Founded> {
	const { mutation, inviteHash } = founding;
	const args = mutation.name === 'school.create@1' ? argsOf(mutation) : null;
	if (!args) return { ok: false, why: { code: 'invalidValue', field: 'args' } };
	const { id } = args.school;
	const claimed = await claimInvitation(store, { school: id, inviteHash });
	if (claimed) return { ok: false, why: claimed };
	return schools.write(id, async (writing) => {
		const why = await found(writing, founding, args);
		return why ? { ok: false, why } : { ok: true };
	});
}

function argsOf({ args }: Mutation): ArgsOf<'school.create@1'> | null {
	return parseArgs('school.create@1', args);
}

async function found(
	writing: SchoolWriting,
	{ mutation, secrets, inviteHash, also }: Founding,
	{ school, account }: ArgsOf<'school.create@1'>
): Promise<MoveRefusal | Refusal | null> {
	const invitation = await invitationOf(writing.tx, inviteHash);
	if (!invitation) return 'notFound';
	if (invitation.number !== school.number) return { code: 'invalidValue', field: 'number' };
	const refusal = await writing.make({
		mutation,
		madeAt: writing.now.toISOString(),
		actor: actorOf({ ...laterAccountFields, ...account }),
		secrets
	});
	if (refusal) return refusal;
	await writing.tx.db
		.updateTable('schools')
		.set({ state: 'open', name: school.name, invite_hash: null })
		.execute();
	await also({ writing, account: account.id } as Founder);
	return null;
}
