import { expect, it } from 'vitest';
import { decide } from '../plan-import.ts';
import {
	carryOut,
	emptySchool,
	giveLeerId,
	importInto,
	plan,
	pupilRow,
	roster
} from '../testing.ts';

const tim = pupilRow({
	pupilNumber: '1',
	givenName: 'Tim',
	familyName: 'Maes',
	nationalNumber: '85073003328'
});
/** By the same number, as a twin's name is spelled, with a national number of his own. */
const tom = { ...tim, givenName: 'Tom', nationalNumber: '17073003384' };

function schoolWithTim() {
	const state = emptySchool();
	importInto(state, roster({ pupils: [tim] }));
	for (const { id } of [...state.all('pupil')]) giveLeerId(state, id);
	return state;
}

it.each([
	['a name that is nearly the same', tom, null],
	['the same name', { ...tom, givenName: 'Tim' }, 'rijksregister']
])('a row with %s and another national number is asked about', (_, row, only) => {
	const state = schoolWithTim();
	const planned = plan(state, roster({ pupils: [row] }));
	expect(planned.people.flatMap(({ doubts }) => doubts)).toMatchObject([
		{ code: 'anotherPupil', only }
	]);
	carryOut(state, planned);
	const [pupil] = [...state.all('pupil')];
	expect(pupil?.givenName).toBe('Tim');
	expect(state.get('nationalNumber', pupil?.id ?? '')?.value).toBe(tim.nationalNumber);
});

it('who is said to be the same person gets the number, and is not asked about again', () => {
	const state = schoolWithTim();
	const planned = plan(state, roster({ pupils: [tom] }));
	const [doubt] = planned.people.flatMap(({ doubts }) => doubts);
	const same = { [doubt?.id ?? '']: 'samePerson' } as const;
	expect(decide(planned, same).counts).toMatchObject({ doubt: 0, changed: 1 });
	carryOut(state, planned, same);
	expect(plan(state, roster({ pupils: [tom] })).counts).toMatchObject({ doubt: 0, changed: 0 });
});

it('a number of another scheme is no other person’s', () => {
	const state = schoolWithTim();
	const [pupil] = [...state.all('pupil')];
	const held = state.get('nationalNumber', pupil?.id ?? '');
	if (!held) throw new Error('Tim has none');
	state.apply({ puts: [{ ...held, scheme: 'bis' }], removes: [] });
	const planned = plan(state, roster({ pupils: [{ ...tim, nationalNumber: '17073003384' }] }));
	expect(planned.counts).toMatchObject({ doubt: 0, changed: 1 });
});
