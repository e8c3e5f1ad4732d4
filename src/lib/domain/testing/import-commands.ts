import fc from 'fast-check';
import type { Id } from '../kernel/ids.ts';
import type { ArgsOf } from '../registry/mutations.ts';
import { sampleRecords } from './every-kind.ts';
import { pupilId, weighed, type Command } from './command.ts';
import { administrator, enrolmentRecord, pupilRecord, type TestSchool } from './test-school.ts';

/** The commands by which a file comes in: the start of an import, and its writes. */

const start: Command = (school, at) => {
	const [run] = sampleRecords.importRun;
	const actorId = administrator.id;
	return school.make('import.start@1', { run: { ...run, id: `import-${at}`, actorId } });
};

function lastRun(school: TestSchool): Id {
	return [...school.state.all('importRun')].at(-1)?.id ?? 'none';
}

type Write = (school: TestSchool, at: number) => ArgsOf<'import.write@1'>['records'];

const arrive: Write = (_, at) => [
	{ add: pupilRecord(`pupil-${at}`) },
	{ add: enrolmentRecord(`pupil-${at}`) }
];

/** The birth date of somebody who is of age. */
const date = pupilId.map((id): Write => (school) => {
	const birthDate = '2008-01-05';
	const held = school.state.get('pupilIdentity', id);
	if (held)
		return [{ kind: 'pupilIdentity', id, edit: { birthDate: [held.birthDate, birthDate] } }];
	return [{ add: { kind: 'pupilIdentity', id, birthDate, sex: null } }];
});

const leaveGroup = pupilId.map((id): Write => (school) => {
	const from = school.state.get('pupil', id)?.groupId ?? null;
	return [{ kind: 'pupil', id, edit: { groupId: [from, null] } }];
});

const rename = fc.tuple(pupilId, fc.nat(2)).map(([id, name]): Write => (school) => {
	const { givenName = '', familyName = '' } = school.state.get('pupil', id) ?? {};
	const edit = {
		givenName: [givenName, `Naam${name}`],
		familyName: [familyName, `Ander${name}`]
	} as const;
	return [{ kind: 'pupil', id, edit }];
});

const write = fc
	.oneof(fc.constant(arrive), date, leaveGroup)
	.map((records): Command => (school, at) => {
		const args = { importRunId: lastRun(school), records: records(school, at) };
		return school.make('import.write@1', args);
	});

const writeDecided = fc
	.tuple(fc.oneof(date, rename), fc.boolean())
	.map(([records, isDecided]): Command => (school, at) => {
		const written = records(school, at);
		const decided = isDecided ? ['a', 'b', 'c'] : [];
		const args = { importRunId: lastRun(school), records: written, decided };
		return school.make('import.write@2', args);
	});

export const importCommands = {
	'import.start@1': weighed(2, fc.constant(start)),
	'import.write@1': weighed(3, write),
	'import.write@2': weighed(2, writeDecided)
} as const;
