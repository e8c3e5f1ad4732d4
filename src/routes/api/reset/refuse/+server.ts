import { postRefuseReset } from '#lib/server/http/mail-routes.ts';

export const prerender = false;

export const POST = postRefuseReset;
