import { mayReadAudit } from '#lib/domain/registry/rights.ts';
import { auditLines, parseAuditRequest } from '#lib/protocol/audit.ts';
import { isStillOpen } from '../session/sessions.ts';
import { verifyAudit } from '../audit/verify.ts';
import { readAuditPage } from '../audit/page.ts';
import { json, refusal } from './answers.ts';
import { signedIn } from './route.ts';
import { verdictStream } from './verdict-stream.ts';

/** `POST /api/audit` */
export const postAudit = signedIn(
	parseAuditRequest,
	async ({ endpoint, body: { before }, caller: { actor, session } }) => {
		if (!mayReadAudit(actor)) return refusal({ code: 'notAllowed' });
		const wait = endpoint.requests.auditsByAccount.take(session.account, endpoint.now().getTime());
		if (wait > 0) return refusal({ code: 'wait', retryAfter: wait });
		const page = await endpoint.store.read(session.school, async (tx) =>
			// Its body may have come slowly.
			(await isStillOpen(tx, session, endpoint.now())) ? readAuditPage(tx, before) : null
		);
		return page ? json(page) : refusal({ code: 'signedOut' });
	}
);

/** `GET /api/audit/verify`; an app that knows to read lines is told how far it is. */
export const getAuditVerdict = signedIn(
	null,
	async ({ endpoint, request, caller: { actor, session } }) => {
		if (!mayReadAudit(actor)) return refusal({ code: 'notAllowed' });
		const { school } = session;
		const wait = endpoint.requests.verdictsBySchool.take(school, endpoint.now().getTime());
		if (wait > 0) return refusal({ code: 'wait', retryAfter: wait });
		const readsLines = request.headers.get('accept') === auditLines;
		if (readsLines) return verdictStream(endpoint, session);
		return json(await verifyAudit(endpoint.store, school, { signal: request.signal }));
	}
);
