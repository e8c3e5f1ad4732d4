import type { Call } from '#lib/server/http/route.ts';

declare global {
	namespace App {
		interface Locals {
			/** Of a request to the API. */
			call?: Call;
		}
	}
}

export {};
