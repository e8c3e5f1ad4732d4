import type { Id } from '#lib/domain/kernel/ids.ts';
import type { Endpoint } from '../process/endpoint.ts';
import { refusal } from './answers.ts';
import { isForeign, isPlainLocal } from '../base/place.ts';
import type { ApiEvent, Call } from './route.ts';

/** A request as it stands before the gate. */
export interface Arriving extends ApiEvent {
	readonly route: { readonly id: string | null };
	getClientAddress(): string;
}

/**
 * Goes before every route of the API: refuses what comes from other sites and what comes too often,
 * and writes the one line of the log.
 */
export async function guard(
	endpoint: Endpoint,
	event: Arriving,
	resolve: () => Promise<Response>
): Promise<Response> {
	const { request, locals, route } = event;
	const startedAt = performance.now();
	const address = addressOf(event);
	endpoint.reach.note(request);
	const call: Call = {
		endpoint,
		address,
		place: { plain: isPlainLocal(request, endpoint.publicUrl) },
		school: null
	};
	locals.call = call;
	const response = refusedAtGate(call, event) ?? (await endpoint.running(resolve()));
	endpoint.log({
		// The route's pattern: an address may hold an id.
		route: route.id,
		method: request.method,
		status: response.status,
		ms: Math.round(performance.now() - startedAt),
		school: call.school === null ? null : schoolMark(endpoint, call.school)
	});
	return response;
}

function refusedAtGate({ endpoint, address }: Call, { request, route }: Arriving): Response | null {
	if (isForeign(request, endpoint.publicUrl)) return refusal({ code: 'otherOrigin' });
	const wait = endpoint.requests.byAddress.take(address, endpoint.now().getTime());
	if (wait > 0) return refusal({ code: 'wait', retryAfter: wait });
	return route.id === null ? refusal({ code: 'notFound' }) : null;
}

/** Behind a proxy, who asks without it (a probe of readiness) comes from no address. */
function addressOf(event: Arriving): string {
	try {
		return event.getClientAddress();
	} catch {
		return '';
	}
}

/** Tells lines of one school from those of another, and no more. */
function schoolMark({ keys }: Endpoint, school: Id): string {
	return keys.mac('log', school).slice(0, 8);
}
