import { describe, expect, it } from 'vitest';
import type { ImportedRecord } from '../import/imported-record.ts';
import type { Account } from '../accounts/kinds.ts';
import type { AnyRecord } from '../registry/records.ts';
import type { Id } from '../kernel/ids.ts';
import {
	administrator,
	firstAccount,
	pupilActor,
	pupilRecord,
	snapshot,
	TestSchool
} from '../testing/test-school.ts';
import { keptBecause } from './import-credentials.ts';
import { imported, importRun, rename, undoBatch } from './testing.ts';
import { undoOutcome } from './undo-plan.ts';

describe('an undone import', () => {
	it('takes the LeerID of whom it added, and the card is revoked', () => {
		const school = imported();
		school.withLeerId('p');
		school.make('print.saved@1', { printRunId: 'print-1' });
		expect(undoOutcome(school.state, 'batch-1', administrator.id).revoked).toMatchObject([
			{ pupilId: 'p' }
		]);
		undoBatch(school, 'batch-1');
		expect(school.state.get('pupil', 'p')).toBeUndefined();
		expect([...school.state.all('leerId')].map(({ pupilId }) => pupilId)).toEqual(['a']);
		expect(school.cards('p')).toEqual(['1 revoked']);
		expect(school.cards('a')).toEqual(['1 current']);
		const { undoneAt } = school.state.get('importRun', importRun.id) ?? {};
		expect(undoneAt).not.toBeNull();
		expect(school.state.get('printRun', 'print-1')).toBeDefined();
	});

	it('counts no card of a print that was never saved: it is on no paper', () => {
		const school = imported();
		school.withLeerId('p');
		expect(undoOutcome(school.state, 'batch-1', administrator.id).revoked).toEqual([]);
		undoBatch(school, 'batch-1');
		expect(school.cards('p')).toEqual(['1 revoked']);
	});

	it('revokes every card of a LeerID that goes', () => {
		const school = imported();
		school.withLeerId('p');
		school.make('leerId.renew@1', school.renewal('p', 2));
		school.make('card.handOut@1', { cardId: 'card-p-2', ticked: 'hand' });
		undoBatch(school, 'batch-1');
		expect(school.cards('p')).toEqual(['1 revoked', '2 revoked']);
		expect(school.state.get('credentialCard', 'card-p-1')?.endedAt).toBe(
			school.state.get('credentialCard', 'card-p-2')?.madeAt
		);
	});

	it('keeps a pupil who has signed in, chose a password or linked an address', () => {
		const uses: ((school: TestSchool, leerIdId: Id) => unknown)[] = [
			(school, leerIdId) =>
				school.make('leerId.signedIn@1', { leerIdId }, { actor: pupilActor(leerIdId) }),
			(school, leerIdId) =>
				school.make(
					'leerId.choosePassword@1',
					{ leerIdId, fromSecretId: 'secret-p-1', secretId: 'own' },
					{ actor: pupilActor(leerIdId) }
				),
			(school, leerIdId) =>
				school.make(
					'leerId.linkEmail@1',
					{ leerIdId, email: [null, 'p@example.org'] },
					{ actor: pupilActor(leerIdId) }
				)
		];
		for (const use of uses) {
			const school = imported();
			expect(use(school, school.withLeerId('p', 'advanced'))).toBeNull();
			expect(keptBecause(school.state, 'p')).toBe('signedIn');
			expect(undoOutcome(school.state, 'batch-1', administrator.id).revoked).toEqual([]);
			undoBatch(school, 'batch-1');
			expect(school.state.get('pupil', 'p')).toBeDefined();
			expect(school.cards('p')).toEqual(['1 current']);
		}
	});

	it('keeps a pupil whom a guardian with an account sees, and that guardian’s sight', () => {
		const guardian: AnyRecord = {
			kind: 'guardian',
			id: 'g',
			givenName: 'Fatma',
			initials: '',
			namePrefix: '',
			familyName: 'Bogdan'
		};
		const link: AnyRecord = {
			kind: 'guardianship',
			id: 'link',
			guardianId: 'g',
			pupilId: 'p',
			relation: '',
			authority: null,
			receivesMail: true,
			addressVisible: true
		};
		const school = imported({ add: guardian }, { add: link });
		const account: Account = {
			...firstAccount,
			id: 'account-g',
			userName: 'fatma',
			role: 'guardian',
			rights: [],
			guardianId: 'g'
		};
		expect(school.make('account.create@1', { account })).toBeNull();
		expect(keptBecause(school.state, 'p')).toBe('guardianAccount');
		undoBatch(school, 'batch-1');
		expect(school.state.get('pupil', 'p')).toBeDefined();
		expect(school.state.get('guardianship', 'link')).toBeDefined();
	});

	it('is done again with the LeerID, whose paper stays worthless', () => {
		const school = imported();
		school.withLeerId('p');
		const undone = undoBatch(school, 'batch-1');
		const { withoutPassword } = undoOutcome(school.state, undone, administrator.id);
		expect(withoutPassword.map(({ pupilId }) => pupilId)).toEqual(['p']);
		const again = undoBatch(school, undone);
		expect(school.state.find('leerIdByPupil', 'p')).toMatchObject([
			{ userName: 'user.p', secretId: null }
		]);
		expect(school.cards('p')).toEqual(['1 revoked']);
		const renewal = { ...school.renewal('p', 2), fromSecretId: null };
		expect(school.make('leerId.renew@1', renewal)).toBeNull();
		expect(school.cards('p')).toEqual(['1 revoked', '2 current']);
		undoBatch(school, again);
		expect(school.state.get('pupil', 'p')).toBeUndefined();
		expect(school.cards('p')).toEqual(['1 revoked', '2 revoked']);
	});
});

describe('an undone import that changed who somebody is', () => {
	it('revokes the card printed since with its password, and not the one from before', () => {
		const school = imported(rename('Abdulghani', 'Anaïs'));
		undoBatch(school, 'batch-1');
		expect(school.cards('a')).toEqual(['1 current']);

		const renewed = imported(rename('Abdulghani', 'Anaïs'));
		renewed.make('leerId.renew@1', renewed.renewal('a', 2));
		const undone = undoBatch(renewed, 'batch-1');
		expect(renewed.state.get('pupil', 'a')?.givenName).toBe('Abdulghani');
		expect(renewed.cards('a')).toEqual(['1 replaced', '2 revoked']);
		expect(renewed.state.get('leerId', 'leerId-a')?.secretId).toBeNull();
		undoBatch(renewed, undone);
		expect(renewed.state.get('pupil', 'a')?.givenName).toBe('Anaïs');
		expect(renewed.cards('a')).toEqual(['1 replaced', '2 revoked']);
	});

	it.each([
		['accents', { givenName: ['Abdulghani', 'Abdülghanī'] }],
		['a group', { groupId: ['group-1', null] }]
	] as const)('keeps the card where it changed %s', (_, edit) => {
		const school = imported({ kind: 'pupil', id: 'a', edit });
		school.make('leerId.renew@1', school.renewal('a', 2));
		undoBatch(school, 'batch-1');
		expect(school.cards('a')).toEqual(['1 replaced', '2 current']);
	});

	it('leaves a password of the pupil’s own', () => {
		const school = imported(rename('Abdulghani', 'Anaïs'));
		const leerIdId = 'leerId-a';
		school.make('leerId.renew@1', school.renewal('a', 2));
		const leerId = school.state.get('leerId', leerIdId);
		if (leerId) {
			const own = { ...leerId, passwordKind: 'own', secretId: 'own' } as const;
			school.state.apply({ puts: [own], removes: [] });
		}
		undoBatch(school, 'batch-1');
		expect(school.cards('a')).toEqual(['1 replaced', '2 revoked']);
		expect(school.state.get('leerId', leerIdId)?.secretId).toBe('own');
	});
});

describe('numbers that changed hands', () => {
	/** `a` had number 1, and `b` number 2. */
	function renumbered(...writes: readonly (readonly ImportedRecord[])[]): TestSchool {
		const school = new TestSchool('a', 'b');
		const by = { batch: 'batch-1', madeAt: importRun.madeAt };
		expect(school.make('import.start@1', { run: importRun }, by)).toBeNull();
		for (const records of writes) {
			const args = { importRunId: importRun.id, records, decided: [] };
			expect(school.make('import.write@2', args, by)).toBeNull();
		}
		return school;
	}
	const move = (id: Id, from: string, to: string): ImportedRecord => ({
		kind: 'pupil',
		id,
		edit: { pupilNumber: [from, to] }
	});

	it.each<[string, readonly (readonly ImportedRecord[])[]]>([
		['at once', [[move('a', 'number-a', 'number-b'), move('b', 'number-b', 'number-a')]]],
		[
			'by one put aside',
			[
				[move('a', 'number-a', 'aside')],
				[move('b', 'number-b', 'number-a')],
				[move('a', 'aside', 'number-b')]
			]
		],
		[
			'to somebody new',
			[
				[move('a', 'number-a', 'number-a-oud')],
				[{ add: pupilRecord('p', { pupilNumber: 'number-a' }) }]
			]
		]
	])('%s go back, and are given again', (_, writes) => {
		const school = renumbered(...writes);
		const after = snapshot(school.state);
		const undone = undoBatch(school, 'batch-1');
		expect(school.state.get('pupil', 'a')?.pupilNumber).toBe('number-a');
		expect(school.state.get('pupil', 'b')?.pupilNumber).toBe('number-b');
		undoBatch(school, undone);
		expect(snapshot(school.state)).toEqual(after);
	});
});
