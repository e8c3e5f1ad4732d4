import {
	parseAuditPage,
	parseAuditVerdict,
	type AuditPage,
	type AuditRequest,
	type AuditVerdict
} from '#lib/protocol/audit.ts';
import type { Question } from './ask.ts';

/** The newest entries of the school's audit log, or those before one. */
export function readAudit(body: AuditRequest): Question<AuditPage> {
	return { method: 'POST', path: '/api/audit', body, parse: parseAuditPage };
}

/** Has the endpoint go along the whole log. */
export function verifyAudit(): Question<AuditVerdict> {
	return { method: 'GET', path: '/api/audit/verify', parse: parseAuditVerdict };
}
