import { isAccountAdministrator } from '#lib/domain/accounts/account-rules.ts';
import type { JoinEnd, JoinFound, JoinPart } from '#lib/protocol/join.ts';
import type { StateReader } from '#lib/domain/registry/state.ts';
import type { Endpoint } from '../endpoint.ts';
import type { SchoolTx } from '../store/database.ts';
import { foundSchool, type Founder } from '../schools/founding.ts';
import { openSchool, takePart } from '../schools/moving-in.ts';
import { inviteHash } from './invite.ts';
import { choosePassword } from './new-password.ts';
import { done, no, type Answer } from './tools.ts';
import { admittedByFounding } from './write-as.ts';

const nothing = done(null);

/** Takes the whole transaction back, and says why. */
class TakenBack extends Error {
	readonly answer: Answer<never>;
	constructor(answer: Answer<never>) {
		super();
		this.answer = answer;
	}
}

/** A part of a school that moves in. */
export async function joinPart(endpoint: Endpoint, part: JoinPart): Promise<Answer<null>> {
	const { store, keys, now: clock } = endpoint;
	const refusal = await takePart({ store, keys, clock }, part, inviteHash(part.token));
	return refusal ? no(refusal) : nothing;
}

/**
 * All parts are there: the school opens, if somebody can then manage its accounts. The device brings
 * the password of who moves it in as it brings issued ones.
 */
export async function joinOpen(
	{ store, keys, now: clock, schoolList, hashQueue }: Endpoint,
	end: JoinEnd
): Promise<Answer<null>> {
	return takingBack(async () => {
		const opening = { inviteHash: inviteHash(end.token), also: mustLetIn };
		const refusal = await openSchool({ store, keys, clock }, end, opening);
		if (refusal) return no(refusal);
		schoolList.forget();
		hashQueue.poke(end.school);
		return nothing;
	});
}

async function mustLetIn({ db }: SchoolTx, state: StateReader): Promise<void> {
	const administrators = [...state.all('account')].filter(isAccountAdministrator);
	const rows = await db
		.selectFrom('secret')
		.select(['id', 'account'])
		.where(
			'account',
			'in',
			administrators.map(({ id }) => id)
		)
		.execute();
	const owners = new Map(rows.map(({ id, account }) => [id, account]));
	// A password that was kept for somebody else opens nothing.
	if (!administrators.some(({ id, secretId }) => owners.get(secretId ?? '') === id)) {
		throw new TakenBack(no('conflict'));
	}
}

/** A school that is made on the endpoint, empty but for its first account. */
export async function joinFound(
	{ schools, store, schoolList }: Endpoint,
	{ token, mutation, password }: JoinFound
): Promise<Answer<null>> {
	return takingBack(async () => {
		const founded = await foundSchool(
			{ schools, store },
			{
				mutation,
				inviteHash: inviteHash(token),
				also: (founder) => giveFirstPassword(founder, password)
			}
		);
		schoolList.forget();
		if (founded.ok) return nothing;
		return no(typeof founded.why === 'string' ? founded.why : 'badRequest');
	});
}

async function giveFirstPassword(founder: Founder, password: string): Promise<void> {
	const admitted = admittedByFounding(founder);
	if (!admitted) throw new TakenBack(no('badRequest'));
	const refusal = await choosePassword(admitted, password);
	if (refusal) throw new TakenBack(refusal);
}

async function takingBack(work: () => Promise<Answer<null>>): Promise<Answer<null>> {
	try {
		return await work();
	} catch (error) {
		if (error instanceof TakenBack) return error.answer;
		throw error;
	}
}
