import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pupilActor } from '../testing/test-school.ts';
import { imported, rename, undoBatch } from './testing.ts';

describe('undoing an import after anything', () => {
	const steps = fc.array(
		fc.constantFrom('print p', 'print a', 'revoke p', 'sign in p', 'hand out p', 'undo', 'redo'),
		{ maxLength: 8 }
	);

	it('never leaves a card that holds without its pupil and LeerID, nor two that hold', () => {
		fc.assert(
			fc.property(steps, (made) => {
				const school = imported(rename('Abdulghani', 'Anaïs'));
				let batch = 'batch-1';
				for (const [at, step] of made.entries()) {
					const pupil = step.endsWith(' a') ? 'a' : 'p';
					const [leerId] = school.state.find('leerIdByPupil', pupil);
					const issued = { ...school.issue(`${pupil}${at}`, 1), printRunId: 'print-1' };
					if (step.startsWith('print') && leerId) {
						const ids = { leerIdId: leerId.id, fromSecretId: leerId.secretId };
						school.make('leerId.renew@1', { ...issued, ...ids });
					} else if (step.startsWith('print')) {
						const ids = { leerIdId: `leerId-${pupil}${at}`, pupilId: pupil, userName: `u${at}` };
						const kind = { type: 'basic', passwordKind: 'word' } as const;
						school.make('leerId.create@1', { ...issued, ...ids, ...kind });
					} else if (step === 'sign in p' && leerId) {
						const actor = pupilActor(leerId.id);
						school.make('leerId.signedIn@1', { leerIdId: leerId.id }, { actor });
					} else if (step === 'undo' || step === 'redo') {
						batch = undoBatch(school, batch);
					} else {
						const card = school.state.find('cardByPupil', 'p').find((c) => c.state === 'current');
						const cardId = card?.id ?? 'none';
						if (step === 'revoke p') school.make('card.revoke@1', { cardId });
						else school.make('card.handOut@1', { cardId, ticked: 'hand' });
					}
					const holding = [...school.state.all('credentialCard')].filter(
						(card) => card.state === 'current'
					);
					for (const card of holding) {
						expect(school.state.get('pupil', card.pupilId)).toBeDefined();
						expect(school.state.get('leerId', card.leerIdId)?.pupilId).toBe(card.pupilId);
					}
					expect(new Set(holding.map((card) => card.leerIdId)).size).toBe(holding.length);
				}
			}),
			{ numRuns: 300 }
		);
	});
});
