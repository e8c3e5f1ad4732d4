import { getReady } from '#lib/server/http/ready.ts';

export const prerender = false;

export const GET = getReady;
