import { describe, expect, it } from 'vitest';
import type { SchoolState } from '../../registry/state.ts';
import type { RosterGuardian } from '../roster.ts';
import { carryOut, importInto, plan, roster } from '../testing.ts';
import { anais, decideAll, doubtsIn, outcomes, schoolOf, youssef } from './testing.ts';

describe('guardians', () => {
	const mother: RosterGuardian = {
		line: 2,
		unreadable: [],
		sourceKey: 'g1',
		givenName: 'Fatma',
		initials: 'F.',
		familyName: 'Çelik',
		contact: { email: 'fatma@example.org' },
		pupils: [{ pupilSourceKey: '000123', relation: 'moeder' }]
	};
	function linksIn(state: SchoolState): string[] {
		return [...state.all('guardianship')].map(({ guardianId, pupilId }) => {
			const guardian = state.get('guardian', guardianId);
			return `${guardian?.givenName} of ${state.get('pupil', pupilId)?.givenName}`;
		});
	}

	it('link the guardians of a row in doubt to nobody', () => {
		const state = schoolOf(youssef);
		importInto(state, roster({ pupils: [youssef], guardians: [mother] }));
		const saskia = { ...mother, sourceKey: 'g2', givenName: 'Saskia', familyName: 'Berg' };
		importInto(state, roster({ pupils: [anais], guardians: [saskia] }));
		expect(linksIn(state)).toEqual(['Fatma of Youssef']);
	});

	it('link them to the new pupil once that is decided, and leave the old pupil’s alone', () => {
		const state = schoolOf(youssef);
		importInto(state, roster({ pupils: [youssef], guardians: [mother] }));
		const saskia = { ...mother, sourceKey: 'g2', givenName: 'Saskia', familyName: 'Berg' };
		const file = roster({ pupils: [anais], guardians: [saskia] });
		const decided = decideAll(plan(state, file), 'differentPerson');
		carryOut(state, decided, decided.source.options.decisions);
		expect(linksIn(state)).toEqual(['Fatma of Youssef', 'Saskia of Anaïs']);
		// A file of guardians alone: the number stands for the person who has it now.
		const joost = { ...mother, sourceKey: 'g3', givenName: 'Joost', familyName: 'Berg' };
		importInto(state, roster({ guardians: [joost] }));
		expect(linksIn(state)).toContain('Joost of Anaïs');
	});

	it('link nobody by a number that is the old pupil’s no longer', () => {
		const state = schoolOf(youssef);
		importInto(state, roster({ pupils: [youssef], guardians: [mother] }));
		const decided = decideAll(plan(state, roster({ pupils: [anais] })), 'differentPerson');
		carryOut(state, decided, decided.source.options.decisions);
		importInto(state, roster({ guardians: [mother] }));
		expect(linksIn(state)).toEqual(['Fatma of Youssef']);
	});

	it('ask where a key of the package was another guardian’s', () => {
		const state = schoolOf(youssef);
		importInto(state, roster({ pupils: [youssef], guardians: [mother] }));
		const other = { ...mother, givenName: 'Saskia', initials: 'S.', familyName: 'Berg' };
		const planned = plan(state, roster({ pupils: [youssef], guardians: [other] }));
		expect(doubtsIn(planned)).toMatchObject([
			{ code: 'anotherPerson', holder: { name: { givenName: 'Fatma' } } }
		]);
		const decided = decideAll(planned, 'differentPerson');
		carryOut(state, decided, decided.source.options.decisions);
		expect([...state.all('guardian')].map(({ givenName }) => givenName)).toEqual([
			'Fatma',
			'Saskia'
		]);
		expect(outcomes(plan(state, roster({ pupils: [youssef], guardians: [other] })))).toEqual([
			'unchanged',
			'unchanged'
		]);
	});

	it('know a guardian by initials again', () => {
		const state = schoolOf(youssef);
		importInto(state, roster({ pupils: [youssef], guardians: [mother] }));
		const shorter = { ...mother, givenName: '' };
		const planned = plan(state, roster({ pupils: [youssef], guardians: [shorter] }));
		expect(doubtsIn(planned).filter(({ code }) => code === 'anotherPerson')).toEqual([]);
	});
});
