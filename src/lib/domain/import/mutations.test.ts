import { describe, expect, it } from 'vitest';
import type { Actor } from '../kernel/actor.ts';
import type { ArgsOf } from '../registry/mutations.ts';
import type { AnyRecord } from '../registry/records.ts';
import type { Id } from '../kernel/ids.ts';
import type { ImportRun } from './kinds.ts';
import type { Kind } from '../registry/kinds.ts';
import { run } from '../registry/run.ts';
import { SchoolState } from '../registry/state.ts';
import { allSamples } from '../testing/every-kind.ts';
import type { ImportCommand } from './import-commands.ts';
import type { ImportedRecord } from './imported-record.ts';

const importer: Actor = { id: 'actor', role: 'administration', rights: ['import'] };
const importRun: ImportRun = {
	kind: 'importRun',
	id: 'run',
	madeAt: '2026-11-21T08:00:00.000Z',
	actorId: 'actor',
	fileName: 'leerlingen.csv',
	format: 'CSV',
	whole: false,
	added: 1,
	changed: 0,
	left: 0,
	skipped: 0,
	undoneAt: null
};
const pupil: AnyRecord = {
	kind: 'pupil',
	id: 'p1',
	pupilNumber: '1',
	givenName: 'Aylin',
	namePrefix: '',
	familyName: 'Peeters',
	groupId: null
};

function ask(
	command:
		ImportCommand | { readonly name: 'import.write@1'; readonly args: ArgsOf<'import.write@1'> },
	state: SchoolState,
	actor: Actor = importer
) {
	const made = { uid: 'uid', batch: 'batch', actorId: actor.id, madeAt: importRun.madeAt };
	return run(state, { ...command, ...made }, { actor, today: '2026-11-21' });
}

function write(
	records: readonly ImportedRecord[],
	existing: readonly AnyRecord[] = [],
	decided: readonly Id[] = []
) {
	const state = new SchoolState([importRun, ...existing]);
	const outcome = ask(
		{ name: 'import.write@2', args: { importRunId: 'run', records, decided } },
		state
	);
	return outcome.ok ? outcome.value : outcome.refusal;
}

describe('import.start', () => {
	it('is for the administration with the right to import', () => {
		const command = { name: 'import.start@1', args: { run: importRun } } as const;
		const state = new SchoolState();
		expect(ask(command, state)).toMatchObject({ ok: true });
		for (const actor of [
			{ ...importer, rights: [] },
			{ ...importer, role: 'teacher' as const }
		]) {
			expect(ask(command, state, actor)).toMatchObject({ refusal: { code: 'notAllowed' } });
		}
	});

	it('makes no run in another name, and none twice', () => {
		const command = { name: 'import.start@1', args: { run: importRun } } as const;
		expect(ask(command, new SchoolState([importRun]))).toMatchObject({
			refusal: { code: 'alreadyExists' }
		});
		const other = { ...importRun, actorId: 'other' };
		expect(ask({ name: 'import.start@1', args: { run: other } }, new SchoolState())).toMatchObject({
			refusal: { code: 'invalidValue', field: 'actorId' }
		});
	});
});

/** Whether a file of the school's administration may say it. */
const isInFiles: Readonly<Record<Kind, boolean>> = {
	school: false,
	group: true,
	pupil: true,
	pupilIdentity: true,
	pupilOfficial: true,
	nationalNumber: true,
	pupilContact: true,
	enrolment: true,
	guardian: true,
	guardianContact: true,
	guardianship: true,
	staff: true,
	account: false,
	signInBlock: false,
	signInReport: false,
	guardianAccess: false,
	leerId: false,
	credentialCard: false,
	cardReceipt: false,
	handOut: false,
	printRun: false,
	cardKey: false,
	cardKeyPrivate: false,
	importRun: false,
	importBase: true,
	history: false
};

describe('import.write', () => {
	it('adds and edits', () => {
		expect(write([{ add: pupil }])).toMatchObject({ puts: [pupil, { kind: 'history' }] });
		const edit = { kind: 'pupil', id: 'p1', edit: { givenName: ['Aylin', 'Ailin'] } } as const;
		expect(write([edit], [pupil])).toMatchObject({ puts: [{ givenName: 'Ailin' }, {}] });
	});

	it.each(allSamples)('brings what a file may say, and nothing else: $kind $id', (record) => {
		const isOfKind = { code: 'invalidValue', field: 'kind' };
		if (isInFiles[record.kind]) expect(write([{ add: record }])).not.toMatchObject(isOfKind);
		else expect(write([{ add: record }])).toMatchObject(isOfKind);
	});

	it('makes nobody another person unless that was decided, whoever planned it', () => {
		const identity: AnyRecord = {
			kind: 'pupilIdentity',
			id: 'p1',
			birthDate: '2014-11-07',
			sex: 'V'
		};
		const born = { kind: 'pupilIdentity', id: 'p1', edit: { birthDate: ['2014-11-07', null] } };
		const edits: [ImportedRecord, boolean][] = [
			[{ kind: 'pupil', id: 'p1', edit: { givenName: ['Aylin', 'Youssef'] } }, false],
			[
				{ kind: 'pupilIdentity', id: 'p1', edit: { birthDate: ['2014-11-07', '2014-11-08'] } },
				false
			],
			[{ kind: 'pupil', id: 'p1', edit: { familyName: ['Peeters', 'Maes'] } }, true],
			[{ kind: 'pupil', id: 'p1', edit: { givenName: ['Aylin', 'Ailin'] } }, true],
			[{ kind: 'pupil', id: 'p1', edit: { pupilNumber: ['1', '2'] } }, true],
			[born as unknown as ImportedRecord, true]
		];
		for (const [edit, isTaken] of edits) {
			const outcome = write([edit], [pupil, identity]);
			if (isTaken) expect(outcome).toHaveProperty('puts');
			else expect(outcome).toMatchObject({ code: 'anotherPerson', id: 'p1' });
			expect(write([edit], [pupil, identity], ['p1'])).toHaveProperty('puts');
		}
		const both: ImportedRecord[] = [
			{ kind: 'pupil', id: 'p1', edit: { familyName: ['Peeters', 'Maes'] } },
			{ kind: 'pupilIdentity', id: 'p1', edit: { sex: ['V', 'M'] } }
		];
		expect(write(both, [pupil, identity])).toMatchObject({ code: 'anotherPerson' });
	});

	it('keeps guardians and staff who they are too', () => {
		const names = { givenName: 'An', namePrefix: '', familyName: 'Peeters' };
		const guardian: AnyRecord = { kind: 'guardian', id: 'g', initials: '', ...names };
		const staff: AnyRecord = {
			kind: 'staff',
			id: 's',
			staffNumber: 'T1',
			...names,
			email: '',
			job: '',
			groupIds: []
		};
		for (const known of [guardian, staff]) {
			const { kind, id } = known;
			const edit = { kind, id, edit: { givenName: ['An', 'Piet'] } } as const;
			expect(write([edit], [known])).toMatchObject({ code: 'anotherPerson', kind });
			expect(write([edit], [known], [id])).toHaveProperty('puts');
		}
	});

	it('asks nothing of what an app of before left in its outbox', () => {
		const edit = { kind: 'pupil', id: 'p1', edit: { givenName: ['Aylin', 'Youssef'] } } as const;
		const state = new SchoolState([importRun, pupil]);
		const args = { importRunId: 'run', records: [edit] };
		expect(ask({ name: 'import.write@1', args }, state)).toMatchObject({ ok: true });
	});

	it('refuses what was changed meanwhile, with both values', () => {
		const edit = { kind: 'pupil', id: 'p1', edit: { givenName: ['Elin', 'Ailin'] } } as const;
		expect(write([edit], [pupil])).toMatchObject({
			code: 'changedMeanwhile',
			mine: 'Ailin',
			theirs: 'Aylin'
		});
	});

	it('refuses a stamnummer that somebody has, an added one or a changed one', () => {
		const second = { ...pupil, id: 'p2' };
		expect(write([{ add: second }], [pupil])).toMatchObject({ code: 'pupilNumberTaken' });
		const other = { ...second, pupilNumber: '2' };
		const edit = { kind: 'pupil', id: 'p2', edit: { pupilNumber: ['2', '1'] } } as const;
		expect(write([edit], [pupil, other])).toMatchObject({ code: 'pupilNumberTaken' });
	});

	it('refuses a record that stands on nothing', () => {
		const inGroup = { ...pupil, groupId: 'nowhere' };
		expect(write([{ add: inGroup }])).toMatchObject({ code: 'notFound', kind: 'group' });
		const contact: AnyRecord = { kind: 'pupilIdentity', id: 'p9', birthDate: null, sex: null };
		expect(write([{ add: contact }])).toMatchObject({ code: 'notFound', kind: 'pupil' });
	});

	it('takes official data only with a national number, and only one that is valid', () => {
		const official: AnyRecord = {
			kind: 'pupilOfficial',
			id: 'p1',
			givenName: 'Aylin',
			familyName: 'Peeters',
			sex: null,
			birthDate: null
		};
		const number = (value: string): AnyRecord => ({
			kind: 'nationalNumber',
			id: 'p1',
			scheme: 'rijksregister',
			value
		});
		expect(write([{ add: official }], [pupil])).toMatchObject({ kind: 'nationalNumber' });
		const valid = number('85073003328');
		expect(write([{ add: official }, { add: valid }], [pupil])).toHaveProperty('puts');
		expect(write([{ add: number('85073003327') }], [pupil])).toMatchObject({
			code: 'invalidValue',
			field: 'nationalNumber'
		});
	});

	it('refuses a field that the record does not have', () => {
		const edit = { kind: 'pupil', id: 'p1', edit: { password: [null, 'x'] } } as const;
		expect(write([edit], [pupil])).toMatchObject({ code: 'invalidValue', field: 'password' });
	});
});
