import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../kernel/dates.ts';
import type { Actor } from '../kernel/actor.ts';
import type { Id, IsoDate } from '../kernel/ids.ts';
import { maySee, scopesFor } from '../registry/scopes.ts';
import { SchoolState } from '../registry/state.ts';
import {
	administrator,
	administratorWith,
	enrolmentRecord,
	firstAccount,
	pupilActor,
	pupilRecord,
	TestSchool,
	today
} from '../testing/test-school.ts';
import { allKinds } from '../registry/kinds.ts';
import { allSamples, everyRecord } from '../testing/every-kind.ts';
import { shouldSee } from '../testing/who-sees.ts';
import { actorFor } from './actors.ts';
import { systemActor } from '../credentials/actor-ids.ts';
import {
	bring,
	guardianAccount,
	guardianActor,
	guardianRecord,
	guardianshipRecord
} from './test-family.ts';

/** The last of them are of the small school, with records of every kind. */
const pupils = ['a', 'b', 'c', 'noor', 'daan'];
const guardians = ['g', 'h', 'jan'];
const groups = ['group-1', 'group-2', 'group-3'];
const teacher: Actor = { id: 'account-t', role: 'teacher', rights: [] };
const actors: readonly Actor[] = [
	administrator,
	administratorWith('accounts', 'import', 'leerId', 'settings'),
	administratorWith('cards'),
	teacher,
	{ id: 'account-2', role: 'teacher', rights: [] },
	{ id: 'account-s', role: 'scheduler', rights: [] },
	systemActor,
	...guardians.map(guardianActor),
	...pupils.map((id) => pupilActor(`leerId-${id}`))
];

/** Everything of everybody: what is not there cannot be seen by accident. */
function fullSchool(): TestSchool {
	const school = new TestSchool('a', 'b', 'c');
	bring(school, ...allSamples);
	const address = { street: 'x', houseNumber: '1', postcode: '', city: '', phone: '', email: '' };
	for (const id of groups) bring(school, { kind: 'group', id, name: id });
	for (const id of ['a', 'b', 'c']) {
		const names = { givenName: 'A', familyName: 'B', sex: null, birthDate: null };
		bring(school, { kind: 'pupilIdentity', id, birthDate: '2008-12-01', sex: null });
		bring(school, { kind: 'pupilContact', id, ...address });
		bring(school, { kind: 'nationalNumber', id, scheme: 'bsn', value: '269326728' });
		bring(school, { kind: 'pupilOfficial', id, ...names });
		school.withLeerId(id);
	}
	for (const id of ['g', 'h']) {
		bring(school, guardianRecord(id), { kind: 'guardianContact', id, ...address });
		for (const pupilId of pupils) bring(school, guardianshipRecord(id, pupilId));
		school.make('account.create@1', { account: guardianAccount(id) });
	}
	const staff = { ...firstAccount, id: teacher.id, userName: 'tess', role: 'teacher' } as const;
	school.make('account.create@1', { account: { ...staff, rights: [], groupIds: ['group-1'] } });
	school.make('signIn.report@1', { reportId: 'r', accountId: 'account-g' }, { actor: systemActor });
	return school;
}

const uidsOf = ({ state }: TestSchool): Id[] => [
	...new Set([...state.all('history')].map(({ uid }) => uid))
];
const ownUids = uidsOf(fullSchool());

type Happening = (school: TestSchool, date: IsoDate) => unknown;
const pupil = fc.constantFrom(...pupils);
const guardian = fc.constantFrom(...guardians);
const flag = fc.boolean();

const moves = fc.tuple(pupil, fc.option(fc.constantFrom(...groups))).map(
	([id, groupId]): Happening =>
		(school) =>
			bring(school, pupilRecord(id, { groupId }))
);
const birthdays = fc
	.tuple(pupil, fc.option(fc.constantFrom('2008-02-29', '2008-12-01', '2009-01-15', '2015-06-06')))
	.map(
		([id, birthDate]): Happening =>
			(school) =>
				bring(school, { kind: 'pupilIdentity', id, birthDate, sex: null })
	);
const enrolments = fc.tuple(pupil, fc.constantFrom('2026-11-30', '2027-01-31', '2027-08-31')).map(
	([id, to]): Happening =>
		(school) =>
			bring(school, enrolmentRecord(id, { to }))
);
const links = fc.tuple(guardian, pupil, fc.option(flag), flag).map(
	([guardianId, id, authority, addressVisible]): Happening =>
		(school) =>
			bring(school, guardianshipRecord(guardianId, id, { authority, addressVisible }))
);
const choices = fc.tuple(pupil, flag).map(
	([pupilId, allowed]): Happening =>
		(school, date) =>
			school.make(
				'guardianAccess.choose@1',
				{ pupilId, allowed },
				{ actor: pupilActor(`leerId-${pupilId}`), today: date }
			)
);
const lifts = fc.tuple(pupil, flag).map(([pupilId, allowed]): Happening => (school, date) => {
	const seen = school.state.get('guardianAccess', pupilId)?.decidedAt ?? null;
	const args = { pupilId, allowed, consent: 'gezegd', seen };
	return school.make('guardianAccess.record@1', args, { today: date });
});
const teaching = fc.subarray(groups).map((groupIds): Happening => (school) => {
	const from = school.state.get('account', teacher.id)?.groupIds ?? [];
	const edit = { groupIds: [from, groupIds] } as const;
	return school.make('account.edit@1', { accountId: teacher.id, edit });
});
const undos = fc.nat(4).map((back): Happening => (school) => {
	// The making of the school's own people stays.
	const uids = uidsOf(school).filter((uid) => !ownUids.includes(uid));
	return school.undo(uids.at(-1 - back) ?? '');
});
const happenings = fc.array(
	fc.oneof(moves, birthdays, enrolments, links, choices, lifts, teaching, undos),
	{ maxLength: 25 }
);
const dates = fc.nat(400).map((days) => addDays(today, days));

function afterwards(happened: readonly Happening[], date: IsoDate): SchoolState {
	const school = fullSchool();
	for (const happening of happened) happening(school, date);
	return school.state;
}

describe('whatever happens in a school', () => {
	it('there is something of every kind to be seen, by somebody and not by everybody', () => {
		const { state } = fullSchool();
		for (const kind of allKinds) {
			const records = everyRecord(state, [kind]);
			const seen = actors.map((actor) =>
				records.some((record) => maySee(scopesFor(actor, state, today), record))
			);
			expect([kind, new Set(seen)]).toEqual([kind, new Set([true, false])]);
		}
	});

	it('everybody sees what they may, and nobody sees anything else', () => {
		fc.assert(
			fc.property(happenings, dates, (happened, date) => {
				const state = afterwards(happened, date);
				for (const actor of actors) {
					const held = scopesFor(actor, state, date);
					for (const record of everyRecord(state)) {
						const name = `${actor.id} sees ${record.kind} ${record.id} on ${date}`;
						expect([name, maySee(held, record)]).toEqual([
							name,
							shouldSee({ pupilIds: pupils, state, actor, date }, record)
						]);
					}
				}
			}),
			{ numRuns: 100 }
		);
	});

	it('nobody reads in a history what they may not see now', () => {
		fc.assert(
			fc.property(happenings, dates, (happened, date) => {
				const state = afterwards(happened, date);
				for (const actor of actors) {
					const held = scopesFor(actor, state, date);
					for (const entry of state.all('history')) {
						if (!maySee(held, entry)) continue;
						for (const change of entry.changes) {
							const record =
								change.op === 'remove' ? change.before : state.get(change.kind, change.id);
							if (record)
								expect(shouldSee({ pupilIds: pupils, state, actor, date }, record)).toBe(true);
						}
					}
				}
			}),
			{ numRuns: 60 }
		);
	});

	it('a device that stays offline shows no more than the school would let it on that day', () => {
		fc.assert(
			fc.property(happenings, dates, fc.nat(400), (happened, date, days) => {
				const state = afterwards(happened, date);
				const later = addDays(date, days);
				for (const actor of actors) {
					const synced = scopesFor(actor, state, date);
					const device = new SchoolState(
						everyRecord(state).filter((record) => maySee(synced, record))
					);
					const shown = scopesFor(actor, device, later);
					for (const record of everyRecord(device)) {
						if (!maySee(shown, record)) continue;
						const name = `${actor.id} is shown ${record.kind} ${record.id} on ${later}`;
						expect([
							name,
							shouldSee({ pupilIds: pupils, state, actor, date: later }, record)
						]).toEqual([name, true]);
					}
				}
			}),
			{ numRuns: 60 }
		);
	});

	it('user names stay unique, and mean one account', () => {
		const named = fc.tuple(
			fc.nat(2),
			fc.constantFrom('create', 'edit', 'leerId', 'undo'),
			fc.nat(3)
		);
		fc.assert(
			fc.property(fc.array(named, { maxLength: 25 }), (made) => {
				const school = new TestSchool('p0', 'p1', 'p2');
				school.startPrint();
				for (const [at, [who, what, name]] of made.entries()) {
					const userName = `user${name}`;
					const id = `account-n${who}`;
					if (what === 'create') {
						school.make('account.create@1', { account: { ...firstAccount, id, userName } });
					} else if (what === 'edit') {
						const from = school.state.get('account', id)?.userName ?? '';
						const edit = { userName: [from, userName] } as const;
						school.make('account.edit@1', { accountId: id, edit });
					} else if (what === 'leerId') {
						const ids = { leerIdId: `leerId-p${who}`, pupilId: `p${who}`, userName };
						const kind = { type: 'basic', passwordKind: 'word' } as const;
						school.make('leerId.create@1', { ...school.issue(`${at}`, 1), ...ids, ...kind });
					} else school.undo(`uid-${at - name}`);
					const names = [...school.state.all('account'), ...school.state.all('leerId')].map(
						(each) => each.userName
					);
					expect(new Set(names).size).toBe(names.length);
				}
			}),
			{ numRuns: 100 }
		);
	});

	it('only an account that is there and works acts', () => {
		fc.assert(
			fc.property(happenings, dates, flag, flag, (happened, date, archived, blocked) => {
				const school = fullSchool();
				for (const happening of happened) happening(school, date);
				if (archived) school.make('account.archive@1', { accountId: 'account-g' });
				const block = { accountId: 'account-g', cause: 'administration' } as const;
				if (blocked) school.make('signIn.block@1', block);
				const { state } = school;
				expect(actorFor('account-g', state, date) === null).toBe(archived || blocked);
				for (const id of pupils) {
					const lastDay = state.get('enrolment', `enrolment-${id}`)?.to ?? '';
					const acts = actorFor(`leerId-${id}`, state, date) !== null;
					expect(acts).toBe(date <= lastDay && state.get('leerId', `leerId-${id}`) !== undefined);
				}
				expect(actorFor('nobody', state, date)).toBeNull();
			}),
			{ numRuns: 60 }
		);
	});
});
