import { postPassword } from '#lib/server/http/session-routes.ts';

export const prerender = false;

export const POST = postPassword;
