import { accountCalled } from '#lib/domain/accounts/user-names.ts';
import { newTimedId } from '#lib/crypto/random.ts';
import type { Actor } from '#lib/domain/mutation.ts';
import type { Id } from '#lib/domain/records.ts';
import type { EscrowedKey, SignedIn, SignIn } from '#lib/protocol/session.ts';
import { endSessions, startSession, type Session } from '../session/sessions.ts';
import type { Seen } from '../sync/schools.ts';
import type { SchoolWriting } from '../sync/school-writing.ts';
import { forgiveTry, type Try } from '../limits/sign-in-limits.ts';
import { escrowedKey } from './escrow.ts';
import { readOpen } from './open-school.ts';
import { isPassword, readPassword, type KeptPassword } from './password-check.ts';
import { notLetIn, personOf, schoolIn, sessionInfo, type Person } from './person.ts';
import { done, no, type AccountTools, type Answer } from './tools.ts';
import { countedTry, failedTry, tryOf } from './tries.ts';

/** From where a request came. */
export interface Origin {
	/** The network address. */
	readonly address: string;
	/** Who was signed in on that browser before. */
	readonly session: Session | null;
}

/** Whoever is let in: the token for the cookie, and what the device is told. */
export interface LetIn {
	readonly token: string;
	readonly info: SignedIn;
}

interface Found {
	/** null: nobody is called so. */
	readonly person: Person | null;
	readonly kept: KeptPassword | null;
	readonly key: EscrowedKey | null;
	readonly tried: Try;
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
	const found = await find(tools, asked, origin);
	if (!found) return no('notFound');
	const { person, kept, tried } = found;
	const refused = await countedTry(tools, asked.school, tried);
	if (refused) return refused;
	const { passwords, keys } = tools;
	const right = await isPassword(asked.password, kept, { passwords, keys, school: asked.school });
	if (!right || !person) return failedTry(tools, asked.school, tried);
	const { actor } = person;
	if (!actor || person.blocked) {
		await tools.store.write(asked.school, (tx) => forgiveTry(tx, tried));
		return no(notLetIn(person));
	}
	const token = await letIn(tools, asked, { actor, tried, before: origin.session });
	const info = await tools.schools.read(asked.school, ({ state, today }) =>
		Promise.resolve(sessionInfo(state, { school: asked.school, person, actor, today }))
	);
	return done({ token, info: { ...info, keys: found.key ? [found.key] : [] } });
}

/** null: no such school, or it is not open yet. */
async function find(
	tools: AccountTools,
	asked: SignIn,
	{ address }: Origin
): Promise<Found | null> {
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
): Promise<Found> {
	const kept = await readPassword(tx, person?.secretId ?? null);
	const key = await escrowedKey(tx, keys, { account: person?.id ?? '', vault: asked.vault ?? '' });
	return { person, kept, key, tried: { ...made, known: key !== null } };
}

async function letIn(
	{ schools, now }: AccountTools,
	{ school, deviceName, vault }: SignIn,
	{
		actor,
		tried,
		before
	}: { readonly actor: Actor; readonly tried: Try; readonly before: Session | null }
): Promise<string> {
	return schools.write(school, async (writing) => {
		const { tx } = writing;
		await forgiveTry(tx, tried);
		// The browser forgets that session's token: it would stay in the list of devices.
		if (before?.school === school) {
			await endSessions(tx, { account: before.account, only: before.id, now: now() });
		}
		if (actor.role === 'pupil') await noteSignIn(writing, actor);
		const { offlineHours } = schoolIn(writing.state);
		return startSession(tx, { actor, deviceName, vault, offlineHours, now: now() });
	});
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
