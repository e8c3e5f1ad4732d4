import { laterAccountFields } from '#lib/domain/accounts/account-rules.ts';
import { laterSettings } from '#lib/domain/school/settings.ts';
import { accounts, cardKeys, idOf, schoolId, schoolNumber } from '../support/cast.ts';
import { accountStory, administrator } from './accounts.ts';
import { cardStory } from './cards.ts';
import { adding, byMistake, everybody, importRun, pupilId } from './roster.ts';
import { Story } from './story.ts';

const by = { actor: administrator };

/** A school in which every mutation was made, and that has a record of every kind. */
export function goldenSchool(): Story {
	const story = new Story();
	found(story);
	story.make('school.changeSettings@1', { edit: { lockAfterMinutes: [10, 15] } }, by);
	importEverybody(story);
	story.pass(24);
	accountStory(story);
	story.pass(24);
	cardStory(story);
	importByMistake(story);
	return story;
}

function found(story: Story): void {
	const { id, userName } = accounts.administrator;
	const keyId = idOf('cardKey/1');
	story.make(
		'school.create@1',
		{
			school: {
				...laterSettings,
				kind: 'school',
				id: schoolId,
				name: 'Basisschool De Sleutel',
				number: schoolNumber,
				country: 'BE',
				loginBase: 'https://mijn.leerid.be/',
				imagePasswordLength: 5,
				imagePasswordChoices: 20,
				lockAfterMinutes: 10,
				schoolYearEnd: '08-31',
				applicationManagerName: 'mevrouw Claes',
				applicationManagerAddress: 'beheer@school.example'
			},
			account: {
				...laterAccountFields,
				kind: 'account',
				id,
				userName,
				displayName: 'An Peeters',
				role: 'administration',
				rights: administrator.rights,
				email: 'an@school.example',
				archivedAt: null
			},
			cardKey: {
				kind: 'cardKey',
				id: keyId,
				number: 1,
				publicKey: cardKeys[0].publicKey,
				retiredAt: null
			},
			cardKeyPrivate: { kind: 'cardKeyPrivate', id: keyId, privateKey: cardKeys[0].privateKey }
		},
		by
	);
}

function importEverybody(story: Story): void {
	const first = { ...by, batch: idOf('batch/import/1') };
	const run = importRun('leerlingen', story.at);
	story.make('import.start@1', { run }, first);
	story.make('import.write@1', { importRunId: run.id, records: adding(everybody) }, first);
	const second = { ...by, batch: idOf('batch/import/2') };
	const next = importRun('leerlingen (2)', story.at);
	const id = pupilId('Sem');
	const edit = { givenName: ['Sem', 'Semih'], familyName: ['Bos', 'Aydın'] } as const;
	story.make('import.start@1', { run: next }, second);
	story.make(
		'import.write@2',
		{ importRunId: next.id, records: [{ kind: 'pupil', id, edit }], decided: [id] },
		second
	);
}

/** Another school's file, and taken back: so every kind that a file brings was removed once. */
function importByMistake(story: Story): void {
	const batch = { ...by, batch: idOf('batch/import/3') };
	const run = importRun('verkeerd', story.at);
	const started = story.make('import.start@1', { run }, batch);
	const args = { importRunId: run.id, records: adding(byMistake), decided: [] };
	const written = story.make('import.write@2', args, batch);
	const undo = { ...by, batch: idOf('batch/import/undo') };
	for (const uid of [written, started]) story.make('change.undo@1', { uid, except: [] }, undo);
}
