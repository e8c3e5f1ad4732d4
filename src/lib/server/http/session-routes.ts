import {
	parseEscrowedKey,
	parseOwnPassword,
	parseSignIn,
	type NewSession
} from '#lib/protocol/session.ts';
import { keepKey } from '../accounts/escrow.ts';
import { changeOwnPassword } from '../accounts/own-password.ts';
import { signIn } from '../accounts/sign-in.ts';
import { done, no } from '../accounts/tools.ts';
import { writeIn } from '../accounts/write-as.ts';
import { sessionCookie } from '../session/cookie.ts';
import { endSessions } from '../accounts/sessions.ts';
import { answer, json, refusal } from './answers.ts';
import { ofBrowser, signedIn, withSession, type Call } from './route.ts';

/** `POST /api/session` */
export const postSession = ofBrowser(
	parseSignIn,
	async ({ call, endpoint, address, body, session }) => {
		call.school = body.school;
		return answer(await signIn(endpoint, body, { address, session }), (begun) =>
			begin(call, begun)
		);
	}
);

/** `GET /api/session` */
export const getSession = withSession(null, ({ caller: { info, session } }) =>
	Promise.resolve(json({ ...info, keyed: session.keyHash !== null }))
);

/** `DELETE /api/session`: signs this browser out, whoever it was. */
export const deleteSession = ofBrowser(null, async ({ call, endpoint, session }) => {
	if (session?.open) {
		const { school, account, id } = session;
		const ending = { account, only: id, now: endpoint.now() };
		await endpoint.store.write(school, (tx) => endSessions(tx, ending));
	}
	return json({}, { headers: { 'set-cookie': sessionCookie(null, call.place) } });
});

/** `POST /api/session/password` */
export const postPassword = withSession(
	parseOwnPassword,
	async ({ call, endpoint, address, body, caller }) => {
		const changed = await changeOwnPassword(endpoint, caller.session, { ...body, address });
		return answer(changed, (begun) => begin(call, begun));
	}
);

/** Gives a browser the two halves of a new session: one in the cookie, one for its vault. */
function begin(
	{ place }: Call,
	{ token, info }: { readonly token: string; readonly info: NewSession }
): Response {
	const passing = info.actor.role === 'pupil';
	return json(info, { headers: { 'set-cookie': sessionCookie(token, place, { passing }) } });
}

/** `PUT /api/escrow` */
export const putEscrow = signedIn(parseEscrowedKey, async ({ endpoint, body: key, caller }) => {
	// A pupil keeps nothing on a device (design.md 2).
	if (caller.info.offlineHours === 0) return refusal({ code: 'notAllowed' });
	return answer(
		await writeIn(endpoint, caller.session, async ({ writing: { tx, now }, person }) => {
			const kept = await keepKey(tx, endpoint.keys, { account: person.id, key, now });
			return kept ? done(null) : no('conflict');
		})
	);
});
