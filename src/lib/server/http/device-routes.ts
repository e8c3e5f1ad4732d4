import type { Actor } from '#lib/domain/kernel/actor.ts';
import { may } from '#lib/domain/registry/rights.ts';
import type { Id, IsoDate } from '#lib/domain/kernel/ids.ts';
import type { StateReader } from '#lib/domain/registry/state.ts';
import {
	parseEndAccountDevice,
	parseEndDevice,
	parseWhoseDevices,
	type EndDevice
} from '#lib/protocol/session.ts';
import { done, no } from '../accounts/tools.ts';
import { writeIn } from '../accounts/write-as.ts';
import type { Endpoint } from '../endpoint.ts';
import { devicesOf, endSessions, type Ending } from '../session/sessions.ts';
import { appendAudit } from '../audit/audit.ts';
import { charge } from '../sync/charge.ts';
import { answer, json, refusal } from './answers.ts';
import { signedIn, withSession } from './route.ts';

/** What it costs of the hour of who asks for it: it leaves an entry in the audit log for good. */
const signingOut = { mutations: 1, bytes: 1_000 };

/** `GET /api/session/devices` */
export const getDevices = withSession(null, async ({ endpoint, caller: { session } }) => {
	const { school, account, id } = session;
	const which = { account, current: id, now: endpoint.now() };
	return json({ devices: await endpoint.store.read(school, (tx) => devicesOf(tx, which)) });
});

/** `DELETE /api/session/devices` */
export const deleteDevices = withSession(
	parseEndDevice,
	async ({ endpoint, body, caller: { session } }) => {
		const ending = endingOf(endpoint, session.account, body, session.id);
		const ended = await writeIn(endpoint, session, async ({ writing: { tx } }) =>
			done(await endSessions(tx, ending))
		);
		return answer(ended, (ids) => tellDevices(endpoint, ids));
	}
);

/** `POST /api/account-devices` */
export const postAccountDevices = signedIn(
	parseWhoseDevices,
	async ({ endpoint, body: account, caller }) => {
		const { school, id } = caller.session;
		const which = { account, current: id, now: endpoint.now() };
		const devices = await endpoint.schools.read(school, ({ tx, state, today }) =>
			maySeeTo(caller.actor, account, { state, today })
				? devicesOf(tx, which)
				: Promise.resolve(null)
		);
		return devices ? json({ devices }) : refusal({ code: 'notAllowed' });
	}
);

/** `DELETE /api/account-devices` */
export const deleteAccountDevices = signedIn(
	parseEndAccountDevice,
	async ({ endpoint, body, caller }) => {
		const { account } = body;
		const { session } = caller;
		const ending = endingOf(endpoint, account, body, session.id);
		const ended = await writeIn(endpoint, session, async ({ writing, actor }) => {
			if (!maySeeTo(actor, account, writing)) return no('notAllowed');
			const seconds = await charge(writing, actor.id, signingOut);
			if (seconds > 0) return no('wait', seconds);
			const at = writing.now.toISOString();
			const entry = { what: 'signedOut', at, actorId: actor.id, account } as const;
			await appendAudit(writing.tx, [{ body: entry, payload: null }]);
			return done(await endSessions(writing.tx, ending));
		});
		return answer(ended, (ids) => tellDevices(endpoint, ids));
	}
);

function endingOf({ now }: Endpoint, account: Id, { device, wipe }: EndDevice, own: Id): Ending {
	return { account, ...(device === null ? { except: own } : { only: device }), wipe, now: now() };
}

/** Their streams end, so that they ask at once; one of another process does so at its next heartbeat. */
function tellDevices({ streams }: Endpoint, ended: readonly Id[]): Response {
	for (const session of ended) streams.get(session)?.();
	return json({});
}

/** Who may lift a block sees to where somebody is signed in, too. */
function maySeeTo(
	actor: Actor,
	accountId: Id,
	{ state, today }: { readonly state: StateReader; readonly today: IsoDate }
): boolean {
	return may(actor, { name: 'signIn.unblock@1', args: { accountId } }, state, today);
}
