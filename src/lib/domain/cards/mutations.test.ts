import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { undoOutcome } from '../history/undo-plan.ts';
import { commands, readyForCommands } from '../testing/test-commands.ts';
import {
	administrator,
	administratorWith,
	group,
	pupilActor,
	pupilRecord,
	snapshot,
	teacher,
	TestSchool
} from '../testing/test-school.ts';
import { handOutList } from './hand-out.ts';

const other = { ...administrator, id: 'account-9' };

function withCard(pupilId = 'a') {
	const school = new TestSchool('a', 'b');
	school.withLeerId(pupilId);
	return school;
}

describe('revoking a card', () => {
	it('ends its password with it', () => {
		const school = withCard();
		expect(school.make('card.revoke@1', { cardId: 'card-a-1' })).toBeNull();
		expect(school.cards('a')).toEqual(['1 revoked']);
		expect(school.state.get('leerId', 'leerId-a')?.secretId).toBeNull();
	});

	it('leaves a password that the pupil chose', () => {
		const school = new TestSchool('a');
		const leerIdId = school.withLeerId('a', 'advanced');
		const chosen = { leerIdId, fromSecretId: 'secret-a-1', secretId: 'own' };
		school.make('leerId.choosePassword@1', chosen, { actor: pupilActor(leerIdId) });
		expect(school.make('card.revoke@1', { cardId: 'card-a-1' })).toBeNull();
		expect(school.state.get('leerId', leerIdId)?.secretId).toBe('own');
	});

	it('is refused for a card that no longer holds, and for one that never was', () => {
		const school = withCard();
		school.make('leerId.renew@1', school.renewal('a', 2));
		const replaced = school.make('card.revoke@1', { cardId: 'card-a-1' });
		expect(replaced).toEqual({ code: 'cardNotCurrent' });
		const unknown = school.make('card.revoke@1', { cardId: 'x' });
		expect(unknown).toMatchObject({ code: 'notFound', kind: 'credentialCard' });
	});

	it('is followed by a new card when the pupil gets a new password', () => {
		const school = withCard();
		school.make('card.revoke@1', { cardId: 'card-a-1' });
		const renewal = { ...school.renewal('a', 2), fromSecretId: null };
		expect(school.make('leerId.renew@1', renewal)).toBeNull();
		expect(school.cards('a')).toEqual(['1 revoked', '2 current']);
	});

	it('can be undone until there is a new card', () => {
		const school = withCard();
		const before = snapshot(school.state);
		school.make('card.revoke@1', { cardId: 'card-a-1' });
		const revoked = school.uid;
		expect(school.undo(revoked)).toBeNull();
		expect(snapshot(school.state)).toEqual(before);
		school.make('card.revoke@1', { cardId: 'card-a-1' });
		const again = school.uid;
		school.make('leerId.renew@1', { ...school.renewal('a', 2), fromSecretId: null });
		expect(school.undo(again)).toEqual({ code: 'overtaken' });
	});

	it('stays when the pupil had a password of their own and has a new card since', () => {
		const school = new TestSchool('a');
		const leerIdId = school.withLeerId('a', 'advanced');
		const chosen = { leerIdId, fromSecretId: 'secret-a-1', secretId: 'own' };
		school.make('leerId.choosePassword@1', chosen, { actor: pupilActor(leerIdId) });
		school.make('card.revoke@1', { cardId: 'card-a-1' });
		const revoked = school.uid;
		school.make('leerId.renew@1', { ...school.renewal('a', 2), fromSecretId: 'own' });
		expect(school.undo(revoked)).toEqual({ code: 'overtaken' });
		expect(school.cards('a')).toEqual(['1 revoked', '2 current']);
	});

	it('is for administration with the right to LeerIDs or cards', () => {
		const school = withCard();
		const revoke = (actor: typeof teacher) =>
			school.make('card.revoke@1', { cardId: 'card-a-1' }, { actor });
		for (const actor of [teacher, administratorWith('import', 'settings'), pupilActor('leerId-a')])
			expect(revoke(actor)).toEqual({ code: 'notAllowed' });
		expect(revoke(administratorWith('cards'))).toBeNull();
	});
});

describe('handing cards out', () => {
	const scanned = { cardId: 'card-a-1', ticked: 'scan' } as const;

	it('keeps who received which issue, when, and from whom', () => {
		const school = withCard();
		const madeAt = '2026-11-21T10:02:00.000Z';
		expect(school.make('card.handOut@1', scanned, { actor: other, madeAt })).toBeNull();
		expect(school.state.get('cardReceipt', 'card-a-1')).toEqual({
			kind: 'cardReceipt',
			id: 'card-a-1',
			pupilId: 'a',
			issue: 1,
			receivedAt: madeAt,
			actorId: other.id,
			ticked: 'scan'
		});
	});

	it('leaves what the first said when two people tick the same card', () => {
		const school = withCard();
		school.make('card.handOut@1', scanned);
		const first = school.state.get('cardReceipt', 'card-a-1');
		expect(
			school.make('card.handOut@1', { ...scanned, ticked: 'hand' }, { actor: other })
		).toBeNull();
		expect(school.state.get('cardReceipt', 'card-a-1')).toEqual(first);
	});

	it('is taken back, and told so by the history; twice is once', () => {
		const school = withCard();
		school.make('card.handOut@1', scanned);
		expect(school.make('card.takeBack@1', { cardId: 'card-a-1' })).toBeNull();
		expect(school.make('card.takeBack@1', { cardId: 'card-a-1' })).toBeNull();
		expect(school.state.count('cardReceipt')).toBe(0);
		const made = school.state.find('historyBySubject', 'a').map(({ mutation }) => mutation);
		expect(made.slice(-2)).toEqual(['card.handOut@1', 'card.takeBack@1']);
	});

	it('is taken back only where it was by whoever was seen to have ticked it', () => {
		const school = withCard();
		school.make('card.handOut@1', scanned, { actor: other });
		const receipt = school.state.get('cardReceipt', 'card-a-1');
		const takeBack = (fromActorId: string) =>
			school.make('card.takeBack@1', { cardId: 'card-a-1', fromActorId });
		expect(takeBack(administrator.id)).toBeNull();
		expect(school.state.get('cardReceipt', 'card-a-1')).toEqual(receipt);
		expect(takeBack(other.id)).toBeNull();
		expect(school.state.count('cardReceipt')).toBe(0);
	});

	it('can be undone, and so can taking it back', () => {
		const school = withCard();
		school.make('card.handOut@1', scanned, { batch: 'batch' });
		const receipt = school.state.get('cardReceipt', 'card-a-1');
		const [plan] = undoOutcome(school.state, 'batch', administrator.id).changes;
		expect(plan && school.make('change.undo@1', plan)).toBeNull();
		expect(school.state.count('cardReceipt')).toBe(0);
		school.make('card.handOut@1', scanned, { madeAt: receipt?.receivedAt ?? '' });
		school.make('card.takeBack@1', { cardId: 'card-a-1' });
		expect(school.undo(school.uid)).toBeNull();
		expect(school.state.get('cardReceipt', 'card-a-1')).toEqual(receipt);
	});

	it('is refused for a card that was replaced or revoked meanwhile', () => {
		const school = withCard();
		school.make('leerId.renew@1', school.renewal('a', 2));
		expect(school.make('card.handOut@1', scanned)).toEqual({ code: 'cardNotCurrent' });
		school.make('card.revoke@1', { cardId: 'card-a-2' });
		const second = { cardId: 'card-a-2', ticked: 'hand' } as const;
		expect(school.make('card.handOut@1', second)).toEqual({ code: 'cardNotCurrent' });
	});

	it('takes no other way of ticking', () => {
		const args = { cardId: 'card-a-1', ticked: 'guess' as 'scan' };
		expect(withCard().make('card.handOut@1', args)).toMatchObject({ code: 'invalidValue' });
	});

	it('does not keep a LeerID from being undone: the card is revoked, the receipt stays', () => {
		const school = withCard();
		const created = school.uid;
		school.make('card.handOut@1', scanned);
		expect(school.undo(created)).toBeNull();
		expect(school.cards('a')).toEqual(['1 revoked']);
		expect(school.state.count('cardReceipt')).toBe(1);
	});
});

describe('whatever is done to cards', () => {
	it('leaves each LeerID one card that holds at most, and none without its password', () => {
		fc.assert(
			fc.property(commands, (made) => {
				const school = new TestSchool('a', 'b', 'c');
				readyForCommands(school);
				for (const [at, command] of made.entries()) command(school, at);
				for (const leerId of school.state.all('leerId')) {
					const cards = school.state.find('cardByPupil', leerId.pupilId);
					const held = cards.filter(
						({ leerIdId, state }) => leerIdId === leerId.id && state === 'current'
					);
					expect(held.length).toBeLessThanOrEqual(leerId.secretId === null ? 0 : 1);
				}
			})
		);
	});
});

describe('the list of a hand-out', () => {
	const target = { of: 'group', ofId: group.id } as const;
	const names = (school: TestSchool, on = '2026-11-21') => {
		const list = handOutList(school.state, target, on);
		return {
			entries: list?.entries.map(({ card, receipt }) => `${card.id} ${receipt !== null}`),
			withoutCard: list?.withoutCard.map(({ id }) => id)
		};
	};

	it('has each pupil of the group with the card that holds, and who has none', () => {
		const school = withCard();
		expect(names(school)).toEqual({ entries: ['card-a-1 false'], withoutCard: ['b'] });
		school.make('card.handOut@1', { cardId: 'card-a-1', ticked: 'scan' });
		expect(names(school).entries).toEqual(['card-a-1 true']);
		school.make('leerId.renew@1', school.renewal('a', 2));
		expect(names(school).entries).toEqual(['card-a-2 false']);
		school.make('card.revoke@1', { cardId: 'card-a-2' });
		expect(names(school)).toEqual({ entries: [], withoutCard: ['a', 'b'] });
	});

	it('leaves out who is no longer enrolled', () => {
		const school = withCard();
		expect(names(school, '2027-09-01')).toEqual({ entries: [], withoutCard: [] });
	});

	it('of a print run has its cards that hold, whatever the group', () => {
		const school = withCard();
		school.state.apply({ puts: [pupilRecord('a', { groupId: null })], removes: [] });
		const run = { of: 'printRun', ofId: 'print-1' } as const;
		const list = handOutList(school.state, run, '2026-11-21');
		expect(list?.title).toBe('Test');
		expect(list?.entries.map(({ pupil }) => pupil.id)).toEqual(['a']);
		expect(handOutList(school.state, { ...run, ofId: 'x' }, '2026-11-21')).toBeNull();
	});

	it('is closed with how far it had come', () => {
		const school = new TestSchool('a', 'b');
		school.withLeerId('a');
		school.withLeerId('b');
		school.make('card.handOut@1', { cardId: 'card-b-1', ticked: 'hand' });
		expect(school.make('handOut.close@1', { handOutId: 'h', ...target })).toBeNull();
		expect(school.state.get('handOut', 'h')).toMatchObject({
			title: group.name,
			received: 1,
			missing: 1,
			actorId: administrator.id
		});
		expect(school.make('handOut.close@1', { handOutId: 'h', ...target })).toMatchObject({
			code: 'alreadyExists'
		});
		const unknown = { handOutId: 'i', of: 'group', ofId: 'x' } as const;
		expect(school.make('handOut.close@1', unknown)).toMatchObject({ code: 'notFound' });
	});
});
