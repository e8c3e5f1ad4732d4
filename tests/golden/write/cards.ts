import type { Secret } from '#lib/domain/credentials/secret.ts';
import type { Actor } from '#lib/domain/kernel/actor.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import { accounts, cardKeys, idOf, passwords, temporary, word } from '../support/cast.ts';
import { administrator } from './accounts.ts';
import { group, pupilId } from './roster.ts';
import type { Story } from './story.ts';

const by = { actor: administrator };
const lina: Actor = { id: accounts.pupil.id, role: 'pupil', rights: [] };
const printRunId = idOf('print/1');

interface Issued {
	readonly type?: 'basic' | 'advanced';
	readonly passwordKind: 'word' | 'image' | 'temporary';
	readonly secret: Secret;
}

function issued(name: string, issue: number) {
	return { secretId: secretOf(name, issue), cardId: cardId(name, issue), printRunId };
}

function secretOf(name: string, issue: number): Id {
	return idOf(`secret/${name}/${issue}`);
}

export function cardId(name: string, issue: number): Id {
	return idOf(`card/${name}/${issue}`);
}

export function leerIdOf(name: string): Id {
	return idOf(`leerId/${name}`);
}

function create(story: Story, name: string, { type = 'basic', passwordKind, secret }: Issued): Id {
	const ids = { leerIdId: leerIdOf(name.toLowerCase()), pupilId: pupilId(name) };
	const userName = name === 'Lina' ? accounts.pupil.userName : `leerling.${name.length}`;
	const args = { ...issued(name, 1), ...ids, type, userName, passwordKind };
	const secrets = { [args.secretId]: secret };
	return story.make('leerId.create@1', args, { ...by, secrets });
}

/** Every mutation about LeerIDs, cards and prints, and what undoing them takes away. */
export function cardStory(story: Story): void {
	story.make('print.start@1', { printRunId, title: '6de leerjaar', cardCount: 3 }, by);
	create(story, 'Noor', { passwordKind: 'word', secret: word('zal659') });
	const pictures = ['cat', 'dog', 'tree', 'apple', 'star'];
	create(story, 'Sem', { passwordKind: 'image', secret: { kind: 'image', pictures } });
	const first = temporary('Tem9orary');
	create(story, 'Lina', { type: 'advanced', passwordKind: 'temporary', secret: first });
	story.make('print.saved@1', { printRunId }, by);
	again(story);
	pupilsOwn(story);
	handingOut(story);
	takenBack(story);
	story.make(
		'cardKey.rotate@1',
		{
			fromKeyId: idOf('cardKey/1'),
			publicKey: cardKeys[1].publicKey,
			cardKeyPrivate: {
				kind: 'cardKeyPrivate',
				id: idOf('cardKey/2'),
				privateKey: cardKeys[1].privateKey
			}
		},
		by
	);
}

/** A second card, and a third. */
function again(story: Story): void {
	const leerIdId = leerIdOf('noor');
	const second = { ...issued('Noor', 2), leerIdId, fromSecretId: secretOf('Noor', 1) };
	story.make('leerId.renew@1', second, { ...by, secrets: { [second.secretId]: word('zon412') } });
	const third = { ...issued('Noor', 3), leerIdId, fromSecretId: second.secretId };
	const userName = [`leerling.4`, 'noor.vanmaes'] as const;
	const secrets = { [third.secretId]: word('maan83') };
	story.make('leerId.adjust@1', { ...third, userName, passwordKind: 'word' }, { ...by, secrets });
}

function pupilsOwn(story: Story): void {
	const own = { actor: lina };
	const secretId = secretOf('Lina', 2);
	const args = { leerIdId: lina.id, fromSecretId: secretOf('Lina', 1), secretId };
	const secrets = { [secretId]: temporary(passwords.pupil) };
	story.make('leerId.choosePassword@1', args, { ...own, secrets });
	const email = [null, 'lina@example.org'] as const;
	story.make('leerId.linkEmail@1', { leerIdId: lina.id, email }, own);
	story.make('leerId.signedIn@1', { leerIdId: lina.id }, own);
	const choice = { pupilId: pupilId('Lina'), allowed: true };
	const chosen = story.make('guardianAccess.choose@1', choice, own);
	story.make('change.undo@1', { uid: chosen, except: [] }, own);
	const consent = 'Brief van 19 november';
	const other = { pupilId: pupilId('Łukasz'), allowed: true, consent, seen: null };
	const mistaken = story.make('guardianAccess.record@1', other, by);
	story.make('change.undo@1', { uid: mistaken, except: [] }, by);
	story.make('guardianAccess.record@1', { ...choice, consent, seen: null }, by);
}

function handingOut(story: Story): void {
	story.make('card.handOut@1', { cardId: cardId('Noor', 3), ticked: 'scan' }, by);
	story.make('card.handOut@1', { cardId: cardId('Lina', 1), ticked: 'hand' }, by);
	story.make('card.takeBack@1', { cardId: cardId('Lina', 1), fromActorId: administrator.id }, by);
	story.make('card.revoke@1', { cardId: cardId('Sem', 1) }, by);
	const of = { of: 'group', ofId: group } as const;
	story.make('handOut.close@1', { handOutId: idOf('handOut/1'), ...of }, by);
}

/** A LeerID, a print and a closed hand-out that were a mistake. */
function takenBack(story: Story): void {
	const mistaken = { passwordKind: 'word', secret: word('fout11') } as const;
	const print = idOf('print/mistake');
	const made = [
		create(story, 'Łukasz', mistaken),
		story.make('print.start@1', { printRunId: print, title: 'Fout', cardCount: 1 }, by),
		story.make(
			'handOut.close@1',
			{ handOutId: idOf('handOut/mistake'), of: 'printRun', ofId: printRunId },
			by
		)
	];
	const batch = idOf('batch/undo');
	for (const uid of made) story.make('change.undo@1', { uid, except: [] }, { ...by, batch });
}
