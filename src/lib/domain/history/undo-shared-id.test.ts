import { expect, it } from 'vitest';
import type { Id } from '../kernel/ids.ts';
import { administratorWith, firstAccount, TestSchool } from '../testing/test-school.ts';

function addAccount(school: TestSchool, id: Id): void {
	const account = { ...firstAccount, id, userName: 'nieuw', secretId: 'secret-new' };
	expect(school.make('account.create@1', { account })).toBeNull();
}

/** Takes back what was made last; returns the uid that doing it again names. */
function undo(school: TestSchool): Id {
	expect(school.make('change.undo@1', { uid: school.uid, except: [] })).toBeNull();
	return school.uid;
}

it('an account does not come back under an id that a LeerID has got meanwhile', () => {
	const school = new TestSchool('a');
	addAccount(school, 'leerId-a');
	const undone = undo(school);
	school.withLeerId('a');
	expect(school.make('change.undo@1', { uid: undone, except: [] })).toEqual({ code: 'overtaken' });
	// It would be in the hands of those who see to LeerIDs: its devices, blocks and sessions.
	const by = { actor: administratorWith('leerId') };
	expect(school.state.get('account', 'leerId-a')).toBeUndefined();
	expect(school.make('signIn.unblock@1', { accountId: 'leerId-a' }, by)).toBeNull();
});

it('a LeerID does not come back under an id that an account has got meanwhile', () => {
	const school = new TestSchool('a');
	school.withLeerId('a');
	const undone = undo(school);
	addAccount(school, 'leerId-a');
	expect(school.make('change.undo@1', { uid: undone, except: [] })).toEqual({ code: 'overtaken' });
	expect(school.state.get('leerId', 'leerId-a')).toBeUndefined();
});
