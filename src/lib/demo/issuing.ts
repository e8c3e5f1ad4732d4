import { isUserNameTaken } from '#lib/domain/credentials/user-names.ts';
import {
	imagePassword,
	temporaryPassword,
	wordPassword
} from '#lib/domain/credentials/password.ts';
import type { IssuedKind, LeerId } from '#lib/domain/credentials/kinds.ts';
import { pictureNames } from '#lib/domain/credentials/pictures.ts';
import type { Secret } from '#lib/domain/credentials/secret.ts';
import { leerIdOf } from '#lib/domain/credentials/status.ts';
import { leerIdUserNameBase, userNameGenerator } from '#lib/domain/credentials/user-name.ts';
import type { Actor } from '#lib/domain/kernel/actor.ts';
import type { Id, Instant } from '#lib/domain/kernel/ids.ts';
import type { Pupil } from '#lib/domain/people/kinds.ts';
import { momentOn } from './calendar.ts';
import type { Story } from './story.ts';

/** One *Bewaren en afdrukken*: who, when, and what the selection was called. */
export interface Printing {
	readonly actor: Actor;
	readonly at: Instant;
	readonly title: string;
}

/** The type and kind of a new account, from the grade that the pupil is in. */
function kindFor(grade: number): { type: LeerId['type']; passwordKind: IssuedKind } {
	if (grade > 6) return { type: 'advanced', passwordKind: 'temporary' };
	return { type: 'basic', passwordKind: grade < 3 ? 'image' : 'word' };
}

/** *Bulk: maak LeerID's aan*; `gradeOf` says what each account is like. */
export function createAccounts(
	story: Story,
	printing: Printing,
	pupils: readonly Pupil[],
	gradeOf: (pupil: Pupil) => number
): void {
	const newName = userNameGenerator((userName) => isUserNameTaken(story.state, userName));
	print(story, printing, pupils, (pupil, issue) => {
		const kind = kindFor(gradeOf(pupil));
		const userName = newName(leerIdUserNameBase(pupil));
		const leerIdId = story.random.id();
		issue(kind.passwordKind, (issued, by) => {
			const args = { ...issued, leerIdId, pupilId: pupil.id, userName, ...kind };
			story.make('leerId.create@1', args, by);
		});
	});
}

/** *Bulk: genereer nieuw wachtwoord*. */
export function renewAccounts(story: Story, printing: Printing, leerIds: readonly LeerId[]): void {
	print(story, printing, leerIds, ({ id, secretId, passwordKind }, issue) => {
		issue(passwordKind === 'own' ? 'temporary' : passwordKind, (issued, by) => {
			story.make('leerId.renew@1', { ...issued, leerIdId: id, fromSecretId: secretId }, by);
		});
	});
}

/** *Pas aanmeldgegevens aan*, for one pupil. */
export function adjustAccount(
	story: Story,
	printing: Printing,
	leerId: LeerId,
	to: { readonly userName?: string; readonly passwordKind?: IssuedKind }
): void {
	const { id: leerIdId, secretId: fromSecretId } = leerId;
	const own = leerId.passwordKind === 'own' ? 'temporary' : leerId.passwordKind;
	const passwordKind = to.passwordKind ?? own;
	const userName = [leerId.userName, to.userName ?? leerId.userName] as const;
	print(story, printing, [leerId], (_, issue) => {
		issue(passwordKind, (issued, by) => {
			const args = { ...issued, leerIdId, fromSecretId, userName, passwordKind };
			story.make('leerId.adjust@1', args, by);
		});
	});
}

interface Issued {
	readonly secretId: Id;
	readonly cardId: Id;
	readonly printRunId: Id;
}
type Issue = (
	kind: IssuedKind,
	write: (issued: Issued, by: Parameters<Story['make']>[2]) => void
) => void;

function print<T>(
	story: Story,
	{ actor, at, title }: Printing,
	items: readonly T[],
	each: (item: T, issue: Issue) => void
): void {
	if (items.length === 0) return;
	const { random } = story;
	const batch = random.id();
	const printRunId = random.id();
	const run = { printRunId, title, cardCount: items.length };
	story.make('print.start@1', run, { actor, at, batch });
	for (const item of items) {
		each(item, (kind, write) => {
			const issued = { secretId: random.id(), cardId: random.id(), printRunId };
			const secrets = { [issued.secretId]: newSecret(story, kind) };
			write(issued, { actor, at, batch, secrets });
		});
	}
	const saved = momentOn(at, 0, 4 + items.length);
	story.make('print.saved@1', { printRunId }, { actor, at: saved });
}

function newSecret({ school, random }: Story, kind: IssuedKind): Secret {
	if (kind === 'word') return wordPassword(random.int);
	if (kind === 'temporary') return temporaryPassword(random.int);
	const { imagePasswordLength: length, imagePasswordChoices: choices } = school;
	return imagePassword(pictureNames, { length, choices }, random.int);
}

/** The LeerIDs of pupils whose password the school manages. */
export function managedLeerIds(story: Story, pupils: readonly Pupil[]): LeerId[] {
	return pupils
		.map(({ id }) => leerIdOf(story.state, id))
		.filter((leerId): leerId is LeerId => leerId !== undefined && leerId.email === null);
}
