import type { Actor, Right } from '#lib/domain/kernel/actor.ts';
import { administrationWith } from '#lib/domain/kernel/role-rules.ts';
import type { Account } from '#lib/domain/accounts/kinds.ts';
import type { School } from '#lib/domain/school/kinds.ts';
import { ok, refuse } from '#lib/domain/kernel/result.ts';
import { administrator, TestSchool, today } from '#lib/domain/testing/test-school.ts';
import { ToastList } from '#lib/ui/feedback/toasts.svelte.ts';
import type { DeviceVaults } from '#lib/vault/device/device-vaults.ts';
import type { Command, Session } from './session.svelte.ts';

export interface TestSession {
	readonly session: Session;
	readonly school: TestSchool;
	readonly toasts: ToastList;
	/** In the order in which they were committed. */
	readonly committed: Command[];
	/** How much is under way that a reload would break off. */
	readonly working: () => number;
}

/** A session over a school in memory: the rules are the real ones, nothing is kept. */
export function testSession(
	school: TestSchool = new TestSchool(),
	{ actor = administrator, vaults = {} }: { actor?: Actor; vaults?: Partial<DeviceVaults> } = {}
): TestSession {
	const toasts = new ToastList();
	const committed: Command[] = [];
	let batches = 0;
	let working = 0;
	const session = {
		toasts,
		vaults,
		vault: { accountId: actor.id, vaultId: 'vault-1' },
		today,
		version: 0,
		updatedUntil: `${today}T09:00:00.000Z`,
		actor,
		may: (...oneOf: readonly Right[]) => administrationWith(...oneOf)(actor),
		get state() {
			return school.state;
		},
		get school(): School | undefined {
			return school.state.get('school', 'school-1');
		},
		get account(): Account | undefined {
			return school.state.get('account', actor.id);
		},
		startWork: () => {
			working++;
			return () => void working--;
		},
		loadHistory: async () => Promise.resolve(),
		commit: async (commands: readonly Command[]) => {
			const batch = `batch-${++batches}`;
			for (const [index, { name, args }] of commands.entries()) {
				const refusal = school.make(name, args, { actor, batch });
				if (refusal) return Promise.resolve(refuse({ ...refusal, index }));
			}
			committed.push(...commands);
			return Promise.resolve(ok({ batch, results: [] }));
		}
	};
	return {
		session: session as unknown as Session,
		school,
		toasts,
		committed,
		working: () => working
	};
}
