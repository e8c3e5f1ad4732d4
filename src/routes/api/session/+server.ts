import { deleteSession, getSession, postSession } from '#lib/server/http/session-routes.ts';

export const prerender = false;

export const POST = postSession;
export const GET = getSession;
export const DELETE = deleteSession;
