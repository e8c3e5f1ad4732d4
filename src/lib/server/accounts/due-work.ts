import { systemActor } from '#lib/domain/credentials/actor-ids.ts';
import { newTimedId } from '#lib/crypto/random.ts';
import type { DueHandler } from '../due/worker.ts';
import { isKeptOut, waitInstead } from '../limits/sign-in-limits.ts';
import { manyFailuresLetter } from '../mail/letters.ts';
import { schoolIn } from './person.ts';
import { resetKind, resetMailer } from './reset.ts';
import { tellAdministration } from './school-mail.ts';
import { blockKind, manyFailuresKind, type BlockWork, type ManyFailuresWork } from './tries.ts';
import type { AccountTools } from './tools.ts';

/** The work that requests about accounts leave for later, by its kind. */
export function accountWork(tools: AccountTools): Readonly<Record<string, DueHandler>> {
	return {
		[resetKind]: resetMailer(tools),
		[blockKind]: blocker(tools),
		[manyFailuresKind]: attackTeller(tools)
	};
}

/** Puts the block into the school's records, where the administration sees and lifts it. */
function blocker({ schools }: AccountTools): DueHandler {
	return async ({ school, body }) => {
		const { subject } = body as BlockWork;
		if (school === null) return;
		await schools.write(school, async (writing) => {
			const { state, tx, now } = writing;
			// A name that nobody has is blocked without anybody to tell.
			if (!state.get('account', subject) && !state.get('leerId', subject)) return;
			// A new password came in between, or somebody lifted it: those failures count no longer.
			if (!(await isKeptOut(tx, subject))) return;
			const madeAt = now.toISOString();
			const args = { accountId: subject, cause: 'wrongPasswords' };
			const made = { name: 'signIn.block@1', args, uid: newTimedId(), batch: null, madeAt };
			const mutation = { ...made, actorId: systemActor.id };
			const refusal = await writing.make({ mutation, madeAt, actor: systemActor });
			if (refusal?.code === 'lastAdministrator') await waitInstead(tx, subject, now);
		});
	};
}

/** A school whose budget of wrong passwords is spent hears of it, once a day. */
function attackTeller(tools: AccountTools): DueHandler {
	return async ({ school, body }) => {
		const { count } = body as ManyFailuresWork;
		if (school === null) return;
		await tools.schools.write(school, async ({ tx, state }) => {
			await tellAdministration(tx, tools, {
				school: schoolIn(state),
				letter: (sender, to) => manyFailuresLetter({ count }, sender, to)
			});
		});
		tools.due.poke();
	};
}
