import { expect, test } from 'vitest';
import type { Actor } from '#lib/domain/kernel/actor.ts';
import { Session } from './session.svelte.ts';

test('who was made scheduler is offered nothing of the rights that the account still has', () => {
	const may = (actor: Actor | null) => {
		const session = Object.create(Session.prototype, { actor: { value: actor } }) as Session;
		return session.may('import');
	};
	const held: Actor = { id: 'account-1', role: 'administration', rights: ['import'] };
	expect(may(held)).toBe(true);
	expect(may({ ...held, rights: ['cards'] })).toBe(false);
	expect(may({ ...held, role: 'scheduler' })).toBe(false);
	expect(may(null)).toBe(false);
});
