import { postAudit } from '#lib/server/http/audit-routes.ts';

export const prerender = false;

export const POST = postAudit;
