import { deleteAccountDevices, postAccountDevices } from '#lib/server/http/device-routes.ts';

export const prerender = false;

export const POST = postAccountDevices;
export const DELETE = deleteAccountDevices;
