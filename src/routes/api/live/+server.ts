import { getLive } from '#lib/server/http/sync-routes.ts';

export const prerender = false;

export const GET = getLive;
