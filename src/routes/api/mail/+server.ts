import { getMails } from '#lib/server/http/demo-mail.ts';

export const prerender = false;

export const GET = getMails;
