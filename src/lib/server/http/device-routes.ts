import { may } from '#lib/domain/rights.ts';
import type { Id } from '#lib/domain/records.ts';
import {
	parseEndAccountDevice,
	parseEndDevice,
	parseWhoseDevices,
	type EndDevice
} from '#lib/protocol/session.ts';
import type { Endpoint } from '../endpoint.ts';
import { devicesOf, endSessions, type Ending } from '../session/sessions.ts';
import { appendAudit } from '../sync/audit.ts';
import { json, refusal } from './answers.ts';
import type { Caller } from './caller.ts';
import { signedIn, withSession } from './route.ts';

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
		const ended = await endpoint.store.write(session.school, (tx) => endSessions(tx, ending));
		tellDevices(endpoint, ended);
		return json({});
	}
);

/** `POST /api/account-devices` */
export const postAccountDevices = signedIn(
	parseWhoseDevices,
	async ({ endpoint, body: account, caller }) => {
		if (!(await maySeeTo(endpoint, caller, account))) return refusal({ code: 'notAllowed' });
		const which = { account, current: caller.session.id, now: endpoint.now() };
		const { school } = caller.session;
		return json({ devices: await endpoint.store.read(school, (tx) => devicesOf(tx, which)) });
	}
);

/** `DELETE /api/account-devices` */
export const deleteAccountDevices = signedIn(
	parseEndAccountDevice,
	async ({ endpoint, body, caller }) => {
		const { account } = body;
		if (!(await maySeeTo(endpoint, caller, account))) return refusal({ code: 'notAllowed' });
		const { school, id } = caller.session;
		const at = endpoint.now().toISOString();
		const entry = { what: 'signedOut', at, actorId: caller.actor.id, account } as const;
		const ended = await endpoint.store.write(school, async (tx) => {
			await appendAudit(tx, [{ body: entry, payload: null }]);
			return endSessions(tx, endingOf(endpoint, account, body, id));
		});
		tellDevices(endpoint, ended);
		return json({});
	}
);

function endingOf({ now }: Endpoint, account: Id, { device, wipe }: EndDevice, own: Id): Ending {
	return { account, ...(device === null ? { except: own } : { only: device }), wipe, now: now() };
}

/** Their streams end, so that they ask at once; one of another process does so at its next heartbeat. */
function tellDevices({ streams }: Endpoint, ended: readonly Id[]): void {
	for (const session of ended) streams.get(session)?.();
}

/** Who may lift a block sees to where somebody is signed in, too. */
function maySeeTo(
	{ schools }: Endpoint,
	{ actor, session }: Caller,
	accountId: Id
): Promise<boolean> {
	const lifting = { name: 'signIn.unblock@1', args: { accountId } };
	return schools.read(session.school, ({ state, today }) =>
		Promise.resolve(may(actor, lifting, state, today))
	);
}
