import { postLookAtReset } from '#lib/server/http/mail-routes.ts';

export const prerender = false;

export const POST = postLookAtReset;
