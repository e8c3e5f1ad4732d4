import { parseAuditPage, type AuditPage, type AuditRequest } from '#lib/protocol/audit.ts';
import type { Question } from '../browser/ask.ts';

/** The newest entries of the school's audit log, or those before one. */
export function readAudit(body: AuditRequest): Question<AuditPage> {
	return { method: 'POST', path: '/api/audit', body, parse: parseAuditPage };
}
