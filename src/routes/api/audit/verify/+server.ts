import { getAuditVerdict } from '#lib/server/http/audit-routes.ts';

export const prerender = false;

export const GET = getAuditVerdict;
