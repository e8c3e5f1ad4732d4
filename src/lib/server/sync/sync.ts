import { actorFor } from '#lib/domain/accounts/actors.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import { scopesFor, scopesKnownTo } from '#lib/domain/registry/scopes.ts';
import { oldestSchema, recordSchemaOf, schemaVersion } from '#lib/protocol/limits.ts';
import type { MutationResult, SyncAnswer } from '#lib/protocol/sync-answer.ts';
import type { SyncRequest } from '#lib/protocol/sync-request.ts';
import { UnknownSchool, type SchoolTx } from '../store/database.ts';
import { pull } from './pull.ts';
import { hasUnsettled, push, renumbering, settle, type Pushed } from './push.ts';
import type { Schools, Seen } from './schools.ts';
import { weigh } from './spend.ts';

/** The holder of the session that a request came with. */
export interface Caller {
	readonly school: Id;
	readonly account: Id;
	/**
	 * Tells whether that session lets them in yet: asked in the transaction that writes, and that
	 * reads.
	 */
	readonly isStillIn: (tx: SchoolTx) => Promise<boolean>;
}

/** The refusal of a request that is not answered; after `busy` it may be tried again later. */
export interface Unanswered {
	readonly kind: 'refused';
	readonly code: 'notAllowed' | 'signedOut' | 'notFound' | 'conflict' | 'busy' | 'wait';
	/** Seconds, of `wait`. */
	readonly retryAfter?: number;
}

/**
 * `POST /api/sync`: takes what a device sends, and answers what it lacks. Mutations that were taken
 * are in the store before it answers, and stay taken though the answer be lost.
 */
export async function handleSync(
	schools: Schools,
	request: SyncRequest,
	caller: Caller
): Promise<SyncAnswer | Unanswered> {
	const { school } = caller;
	if (request.account !== caller.account) return unanswered('notAllowed');
	// While this version gives way to the next, devices may have that one already.
	if (request.schema > schemaVersion) return unanswered('busy');
	try {
		const pushed = await receive(schools, caller, request);
		if (pushed.kind !== 'taken') return pushed;
		if (request.schema < oldestSchema) return { kind: 'update' };
		let unsettled = false;
		const answer = await schools.read(school, async (seen) => {
			const answered = await answerFrom(schools, seen, {
				request,
				caller,
				results: pushed.results
			});
			unsettled = answered.kind === 'synced' && (await hasUnsettled(seen.tx, request));
			return answered;
		});
		if (unsettled) await schools.write(school, ({ tx }) => settle(tx, request));
		return answer;
	} catch (error) {
		if (error instanceof UnknownSchool) return unanswered('notFound');
		throw error;
	}
}

async function receive(
	schools: Schools,
	{ school, isStillIn }: Caller,
	request: SyncRequest
): Promise<Exclude<Pushed, { kind: 'wait' }> | Unanswered> {
	if (request.mutations.length === 0) return { kind: 'taken', results: [] };
	const weights = weigh(request.mutations);
	return schools.write(school, async (writing) => {
		if (!(await schools.isOpen(writing.tx))) return unanswered('conflict');
		if (!writing.actor(request.account) || !(await isStillIn(writing.tx))) {
			return unanswered('signedOut');
		}
		const pushed = await push(writing, request, weights);
		if (pushed.kind !== 'wait') return pushed;
		return { ...unanswered('wait'), retryAfter: pushed.seconds };
	});
}

async function answerFrom(
	schools: Schools,
	{ tx, state, today }: Seen,
	{
		request,
		caller,
		results
	}: {
		readonly request: SyncRequest;
		readonly caller: Caller;
		readonly results: readonly MutationResult[];
	}
): Promise<SyncAnswer | Unanswered> {
	const actor = actorFor(request.account, state, today);
	const all = actor && scopesFor(actor, state, today);
	const held = all && scopesKnownTo(recordSchemaOf(request.schema), all);
	// The session may have ended while the request was under way, which may take minutes.
	if (!held || !(await caller.isStillIn(tx))) return unanswered('signedOut');
	if (!(await schools.isOpen(tx))) return unanswered('conflict');
	// The mutations sent just now made the client known; only what it came with can be from elsewhere.
	const renumber = request.mutations.length === 0 ? await renumbering(tx, request) : null;
	if (renumber) return renumber;
	if (request.unsent) return withoutPatch(request, { tx, today, results });
	const { cookie } = request;
	const patch = await pull(tx, { cookie, held, limit: schools.answerLimit });
	return { kind: 'synced', results, today, ...patch };
}

/**
 * Until all of an outbox is there nothing is pulled, and so no scope is lost: what was made in it is
 * decided first.
 */
function withoutPatch(
	{ cookie }: SyncRequest,
	{ tx, ...answer }: Pick<Seen, 'tx' | 'today'> & { readonly results: readonly MutationResult[] }
): SyncAnswer {
	const { epoch } = tx.counter;
	return {
		kind: 'synced',
		...answer,
		// A client that numbered anew after a backup has no longer to say that it came from before.
		cookie: cookie?.epoch === epoch ? cookie : { epoch, version: 0, scopes: [], reading: null },
		afresh: false,
		removes: [],
		puts: [],
		lostScopes: [],
		scopes: cookie?.scopes ?? [],
		more: false
	};
}

function unanswered(code: Unanswered['code']): Unanswered {
	return { kind: 'refused', code };
}
