import { postSync } from '#lib/server/http/sync-routes.ts';

export const prerender = false;

export const POST = postSync;
