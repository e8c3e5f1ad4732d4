import { expect, it } from 'vitest';
import type { AnyRecord } from '../registry/records.ts';
import type { Choice } from './plan.ts';
import type { RosterPupil } from './roster.ts';
import { commandsOf, emptySchool, importInto, plan, pupilRow, roster } from './testing.ts';

const aylin = pupilRow({
	pupilNumber: '1',
	groupName: '3A',
	birthDate: '2014-11-07',
	sex: 'V',
	contact: { phone: '1', city: 'Gent' }
});

const nameless = { givenName: '', familyName: 'Maes' } as const;

/** Of whom a person decided who they are, in an import of a row about a pupil who was changed here. */
function decidedIn(
	changed: { readonly kind: AnyRecord['kind']; readonly [field: string]: unknown } | null,
	said: Partial<RosterPupil>,
	choice: Choice
): boolean {
	const state = emptySchool();
	importInto(state, roster({ pupils: [aylin] }));
	const id = state.find('pupilByNumber', '1')[0]?.id ?? '';
	if (changed) {
		const before = state.get(changed.kind, id);
		state.apply({ puts: [{ ...before, ...changed } as AnyRecord], removes: [] });
	}
	const planned = plan(state, roster({ pupils: [{ ...aylin, ...said }] }));
	const [doubt, ...others] = planned.people.flatMap(({ doubts }) => doubts);
	if (!doubt || others.length > 0) throw new Error('one doubt was meant');
	expect(doubt.choices).toContain(choice);
	const decided = commandsOf(planned, { [doubt.id]: choice }).flatMap(({ name, args }) =>
		name === 'import.write@2' ? args.decided : []
	);
	return decided.includes(id);
}

const identity = { kind: 'pupilIdentity' } as const;
const contact = { kind: 'pupilContact', phone: '2' } as const;

it.each<[string, ...Parameters<typeof decidedIn>]>([
	['a name', { kind: 'pupil', givenName: 'Elif' }, {}, 'takeFile'],
	['a family name', { kind: 'pupil', familyName: 'Maes' }, {}, 'takeFile'],
	['a birth date', { ...identity, birthDate: '2014-11-08' }, {}, 'takeFile'],
	['a sex', { ...identity, sex: 'M' }, {}, 'takeFile'],
	['a row about somebody else', null, { givenName: 'Elif' }, 'samePerson'],
	['half a name', null, nameless, 'takeFile']
])('an answer that takes %s says who somebody is', (_, ...asked) => {
	expect(decidedIn(...asked)).toBe(true);
});

it.each<[string, ...Parameters<typeof decidedIn>]>([
	['a phone number', contact, { contact: { phone: '3' } }, 'takeFile'],
	['a phone number of here', contact, { contact: { phone: '3' } }, 'keepHere'],
	['a group', { kind: 'pupil', groupId: null }, {}, 'takeFile'],
	['a name of here', { kind: 'pupil', givenName: 'Elif' }, {}, 'keepHere'],
	['a birth date of here', { ...identity, birthDate: '2014-11-08' }, {}, 'keepHere'],
	['the whole name of here', null, nameless, 'keepHere'],
	[
		'no end of an enrolment',
		null,
		{ unreadable: [{ field: 'enrolledTo', text: '?' }] },
		'withoutValue'
	]
])('an answer that takes %s says nothing of who somebody is', (_, ...asked) => {
	expect(decidedIn(...asked)).toBe(false);
});
