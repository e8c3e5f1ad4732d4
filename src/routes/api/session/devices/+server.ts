import { deleteDevices, getDevices } from '#lib/server/http/device-routes.ts';

export const prerender = false;

export const GET = getDevices;
export const DELETE = deleteDevices;
