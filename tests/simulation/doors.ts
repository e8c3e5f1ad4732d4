import fc from 'fast-check';
import { systemActor } from '#lib/domain/credentials/actor-ids.ts';
import type { Secrets } from '#lib/domain/credentials/secret.ts';
import type { Door } from '#lib/domain/kernel/mutation.ts';
import type { ArgsOf, MutationName } from '#lib/domain/registry/mutations.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import type { SchoolWriting } from '#lib/server/sync/school-writing.ts';
import type { AtDoor } from './oracle/oracle.ts';
import { adultId, cast, childId, guardianId, headId, teacherId } from './school.ts';

/** The work that the server does by itself, or for somebody at one of its own doors. */
export interface DoorWork extends AtDoor {
	readonly work: (writing: SchoolWriting, at: string) => Promise<unknown>;
}

type Opened = (writing: SchoolWriting, at: string) => MadeAtDoor | null;

interface MadeAtDoor {
	readonly name: MutationName;
	readonly args: ArgsOf<MutationName>;
	readonly door?: Partial<Door>;
	readonly secrets?: Secrets;
}

/** As the server makes a mutation of its own: under a uid that no device drew. */
function made(actorId: Id, names: readonly MutationName[], opened: Opened): DoorWork {
	return {
		actorId,
		names,
		work: async (writing, at) => {
			const actor = actorId === systemActor.id ? systemActor : writing.actor(actorId);
			const asked = opened(writing, at);
			if (!actor || !asked) return;
			const { name, args, ...came } = asked;
			const madeAt = writing.now.toISOString();
			const mutation = { name, args, uid: `endpoint-${at}`, batch: null, actorId, madeAt };
			await writing.make({ mutation, madeAt, actor, ...came });
		}
	};
}

const anybodyButHead = fc.constantFrom(...cast.filter((id) => id !== headId));

const block = anybodyButHead.map((accountId) =>
	made(systemActor.id, ['signIn.block@1'], () => ({
		name: 'signIn.block@1',
		args: { accountId, cause: 'wrongPasswords' }
	}))
);

const report = anybodyButHead.map((accountId) =>
	made(systemActor.id, ['signIn.report@1'], (_, at) => ({
		name: 'signIn.report@1',
		args: { reportId: `report-${at}`, accountId }
	}))
);

const signIn = fc.constantFrom(adultId, childId).map((leerIdId) =>
	made(leerIdId, ['leerId.signedIn@1'], () => ({
		name: 'leerId.signedIn@1',
		args: { leerIdId }
	}))
);

/** Somebody answered the mail to an address. */
const email = fc.constantFrom(teacherId, guardianId, adultId, childId).map((id) =>
	made(id, ['account.changeEmail@1', 'leerId.linkEmail@1'], ({ state }, at) => {
		const to = `mail${at}@school.be`;
		const door = { emailConfirmed: to };
		const account = state.get('account', id);
		if (account) {
			const args = { accountId: id, email: [account.email, to] } as const;
			return { name: 'account.changeEmail@1', args, door };
		}
		const args = { leerIdId: id, email: [state.get('leerId', id)?.email ?? null, to] } as const;
		return { name: 'leerId.linkEmail@1', args, door };
	})
);

/** Somebody who gave the old password gives a new one. */
const password = fc.constantFrom(teacherId, guardianId, adultId, childId).map((id) =>
	made(id, ['account.choosePassword@1', 'leerId.choosePassword@1'], ({ state }, at) => {
		const secretId = `own-${at}`;
		const door = { passwordSet: true };
		const secrets = { [secretId]: { kind: 'temporary', text: 'Lantaarn7-Fietspomp' } } as const;
		const account = state.get('account', id);
		if (account) {
			const args = { accountId: id, fromSecretId: account.secretId, secretId };
			return { name: 'account.choosePassword@1', args, door, secrets };
		}
		const fromSecretId = state.get('leerId', id)?.secretId ?? 'none';
		return {
			name: 'leerId.choosePassword@1',
			args: { leerIdId: id, fromSecretId, secretId },
			door,
			secrets
		};
	})
);

export const doorWork: fc.Arbitrary<DoorWork> = fc.oneof(block, report, signIn, email, password);
