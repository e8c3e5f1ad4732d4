import { accountCalled } from '#lib/domain/credentials/user-names.ts';
import { newTimedId } from '#lib/crypto/random.ts';
import type { Actor } from '#lib/domain/kernel/actor.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import type { SignedIn, SignIn } from '#lib/protocol/session.ts';
import { newSessionKey } from '../session/session-key.ts';
import { endSessions, startSession, type Session } from './sessions.ts';
import type { Seen } from '../sync/schools.ts';
import type { SchoolWriting } from '../sync/school-writing.ts';
import type { Try } from '../limits/sign-in-limits.ts';
import { escrowedKey } from './escrow.ts';
import { readOpen } from './open-school.ts';
import { readPassword } from './password-check.ts';
import { personOf, schoolIn, sessionInfo, type Person } from './person.ts';
import { checkPassword, type Checking } from './proven.ts';
import { done, no, type AccountTools, type Answer } from './tools.ts';
import { tryOf } from './tries.ts';
import { writeAs, type Admitted } from './write-as.ts';

/** From where a request came. */
export interface Origin {
	/** The network address. */
	readonly address: string;
	/** The session on that browser before. */
	readonly session: Session | null;
}

/** The result of being let in: the token for the cookie, and what the device is told. */
export interface LetIn {
	readonly token: string;
	readonly info: SignedIn;
}

/**
 * Signs somebody in. Whether the account exists shows neither in the answer nor in the time: an
 * unknown name is counted, looked up and checked just as a known one is.
 */
export async function signIn(
	tools: AccountTools,
	asked: SignIn,
	origin: Origin
): Promise<Answer<LetIn>> {
	const checking = await find(tools, asked, origin);
	if (!checking) return no('notFound');
	const proven = await checkPassword(tools, asked.password, checking);
	if (!proven.ok) return proven;
	return writeAs(tools, proven.value, (admitted) =>
		letIn(tools, admitted, { asked, before: origin.session })
	);
}

/** null: no such school, or it is not open yet. */
async function find(
	tools: AccountTools,
	asked: SignIn,
	{ address }: Origin
): Promise<Checking | null> {
	return readOpen(tools.schools, asked.school, (seen) => {
		const id = accountCalled(seen.state, asked.userName);
		const person = id === null ? null : personOf(seen.state, id, seen.today);
		const made = tryOf(tools, seen, { name: asked.userName, account: id, address });
		return look(tools, seen, { asked, person, made });
	});
}

/** The same statements for everybody. */
async function look(
	{ keys }: AccountTools,
	{ tx }: Seen,
	{
		asked,
		person,
		made
	}: { readonly asked: SignIn; readonly person: Person | null; readonly made: Try }
): Promise<Checking> {
	// Of a name that nobody has: no account's.
	const account = person?.id ?? '';
	const kept = await readPassword(tx, person);
	const key = await escrowedKey(tx, keys, { account, vault: asked.vault ?? '' });
	const tried = { ...made, known: key !== null };
	return { school: asked.school, account, kept, tried, session: null };
}

async function letIn(
	{ keys }: AccountTools,
	admitted: Admitted,
	{ asked, before }: { readonly asked: SignIn; readonly before: Session | null }
): Promise<Answer<LetIn>> {
	const { writing, person, actor } = admitted;
	const { tx, now, today } = writing;
	const { school, deviceName, vault, keyed } = asked;
	// The browser forgets that session's token: it would stay in the list of devices.
	if (before?.school === school) {
		await endSessions(tx, { account: before.account, only: before.id, now });
	}
	if (actor.role === 'pupil') await noteSignIn(writing, actor);
	const { offlineHours } = schoolIn(writing.state);
	const key = keyed ? newSessionKey() : null;
	const started = { deviceName, vault, offlineHours, keyHash: key?.hash ?? null, now };
	const token = await startSession(admitted, started);
	const escrowed = await escrowedKey(tx, keys, { account: person.id, vault: vault ?? '' });
	const info = sessionInfo(writing.state, { school, person, actor, today });
	const told = { key: key?.text ?? null, keys: escrowed ? [escrowed] : [] };
	return done({ token, info: { ...info, ...told } });
}

/** *Laatste aanmelding*. */
async function noteSignIn(writing: SchoolWriting, actor: Actor): Promise<void> {
	const madeAt = writing.now.toISOString();
	const args: { readonly leerIdId: Id } = { leerIdId: actor.id };
	const made = {
		name: 'leerId.signedIn@1',
		args,
		uid: newTimedId(),
		batch: null,
		actorId: actor.id,
		madeAt
	};
	await writing.make({ mutation: made, madeAt, actor });
}
