import { maxRequestBytes } from '#lib/protocol/limits.ts';
import { parseSyncRequest } from '#lib/protocol/sync-request.ts';
import { isStillOpen } from '../accounts/sessions.ts';
import type { SchoolTx } from '../store/database.ts';
import { handleSync } from '../sync/sync.ts';
import { json, refusal } from './answers.ts';
import { callerOf } from './caller.ts';
import { liveAnswer } from './live-stream.ts';
import { signedIn } from './route.ts';

/** Secrets, cookie and braces come beside the mutations that `maxRequestBytes` counts. */
const syncBody = maxRequestBytes + 800_000;
/** Seconds until a device that is asked to wait comes back. */
const busySeconds = 5;

/** `POST /api/sync` */
export const postSync = signedIn(
	parseSyncRequest,
	async ({ endpoint, body, caller: { session } }) => {
		const isStillIn = (tx: SchoolTx) => isStillOpen(tx, session, endpoint.now());
		const answer = await handleSync(endpoint.schools, body, { ...session, isStillIn });
		if (answer.kind !== 'refused') return json(answer);
		const { code, retryAfter } = answer;
		return refusal(code === 'busy' ? { code, retryAfter: busySeconds } : { code, retryAfter });
	},
	{
		limit: syncBody,
		wait({ requests: { syncsByAccount, syncsBySchool }, now }, { session }) {
			const at = now().getTime();
			return syncsByAccount.take(session.account, at) || syncsBySchool.take(session.school, at);
		}
	}
);

/** `GET /api/live`: an event for each poke, with the scopes that were touched. */
export const getLive = signedIn(null, ({ endpoint, call, request, caller: { session } }) => {
	const stillIn = async (): Promise<boolean> =>
		(await callerOf(endpoint, request, call.place)).caller.ok;
	return liveAnswer(endpoint, session, stillIn);
});
