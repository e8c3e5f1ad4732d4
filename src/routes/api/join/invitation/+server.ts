import { postInvitation } from '#lib/server/http/join-routes.ts';

export const prerender = false;

export const POST = postInvitation;
