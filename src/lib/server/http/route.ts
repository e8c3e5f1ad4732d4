import type { Id } from '#lib/domain/kernel/ids.ts';
import { TooBusy } from '../accounts/passwords.ts';
import { done, no, type Answer } from '../accounts/tools.ts';
import type { Endpoint } from '../process/endpoint.ts';
import { describeError } from '../base/log.ts';
import { OutcomeUnknown, UnknownSchool } from '../store/database.ts';
import type { Place } from '../session/cookie.ts';
import type { Session } from '../accounts/sessions.ts';
import { answer, refusal } from './answers.ts';
import { readJson, smallBody } from './body.ts';
import { callerOf, sessionOf, type Caller } from './caller.ts';

/** A request as the framework hands it over. */
export interface ApiEvent {
	readonly request: Request;
	readonly locals: { call?: Call };
}

/** The facts that hooks.server.ts found out about a request to the API. */
export interface Call {
	readonly endpoint: Endpoint;
	/** The network address. */
	readonly address: string;
	readonly place: Place;
	/** For the log, once it is known. */
	school: Id | null;
}

/** A request that was read, from anybody. */
export interface Asked<Body> {
	readonly call: Call;
	readonly endpoint: Endpoint;
	readonly address: string;
	readonly request: Request;
	readonly body: Body;
}

/** The same from a browser, with the session that is open on it, or was. */
export interface AskedOn<Body> extends Asked<Body> {
	/** As its cookie names it, open or not, locked or not: it proves nothing. */
	readonly session: Session | null;
}

/** The same from somebody who is signed in. */
export interface AskedBy<Body> extends Asked<Body> {
	readonly caller: Caller;
}

export type Route = (event: ApiEvent) => Promise<Response>;

/**
 * Reads a body to its shape, or returns null: it is something else. Itself null: there is no body.
 */
export type Parse<Body> = ((value: unknown) => Body | null) | null;

/** A route that anybody may call. */
export function open<Body>(
	parse: Parse<Body>,
	work: (asked: Asked<Body>) => Promise<Response>,
	limit = smallBody
): Route {
	return (event) => asking(event, { parse, limit, from: 'anybody' }, work);
}

/** A route that anybody may call, about the sign-in of the browser that calls. */
export function ofBrowser<Body>(
	parse: Parse<Body>,
	work: (asked: AskedOn<Body>) => Promise<Response>
): Route {
	return (event) => asking(event, { parse, limit: smallBody, from: 'anybody' }, work);
}

/** A route for who is signed in, and is not to choose a new password first. */
export function signedIn<Body>(
	parse: Parse<Body>,
	work: (asked: AskedBy<Body>) => Promise<Response>,
	{ limit = smallBody, wait }: LargeBody = {}
): Route {
	return by({ parse, limit, from: 'settled', ...(wait && { wait }) }, work);
}

/** Of a route that reads more than `smallBody`. */
interface LargeBody {
	/** Bytes. */
	readonly limit?: number;
	/** Seconds that a caller has to wait; 0: go on. Asked before the body is read, whatever it holds. */
	readonly wait?: (endpoint: Endpoint, caller: Caller) => number;
}

/** A route for who is signed in, whatever password they have. */
export function withSession<Body>(
	parse: Parse<Body>,
	work: (asked: AskedBy<Body>) => Promise<Response>
): Route {
	return by({ parse, limit: smallBody, from: 'signedIn' }, work);
}

interface Reading<Body> {
	readonly parse: Parse<Body>;
	readonly limit: number;
	/** `settled`: signed in, and not to choose a new password first. */
	readonly from: 'anybody' | 'signedIn' | 'settled';
	readonly wait?: LargeBody['wait'];
}

function by<Body>(
	reading: Reading<Body>,
	work: (asked: AskedBy<Body>) => Promise<Response>
): Route {
	return (event) =>
		asking(event, reading, (asked) =>
			asked.caller
				? work({ ...asked, caller: asked.caller })
				: Promise.resolve(refusal({ code: 'signedOut' }))
		);
}

async function asking<Body>(
	event: ApiEvent,
	reading: Reading<Body>,
	work: (asked: AskedOn<Body> & { readonly caller: Caller | null }) => Promise<Response>
): Promise<Response> {
	const { call } = event.locals;
	if (!call) throw new Error('A route of the API without hooks.server.ts');
	const { endpoint, address } = call;
	try {
		// Before the body: nobody makes the server read a long one without being let in.
		const { session, caller } =
			reading.from === 'anybody'
				? { session: await sessionOf(endpoint, event.request, call.place), caller: null }
				: await callerOf(endpoint, event.request, call.place);
		call.school = session?.school ?? null;
		if (caller && !caller.ok) return refusal(caller.error);
		if (reading.from === 'settled' && caller?.value.info.mustChange) {
			return refusal({ code: 'mustChange' });
		}
		const seconds = (caller && reading.wait?.(endpoint, caller.value)) ?? 0;
		if (seconds > 0) return refusal({ code: 'wait', retryAfter: seconds });
		const body = await bodyOf(event.request, reading);
		if (!body.ok) return refusal(body.error);
		const { request } = event;
		const asked = { call, endpoint, address, request, body: body.value, session };
		return await work({ ...asked, caller: caller?.value ?? null });
	} catch (error) {
		return answerTo(error, endpoint);
	}
}

async function bodyOf<Body>(
	request: Request,
	{ parse, limit }: Reading<Body>
): Promise<Answer<Body>> {
	if (!parse) return done(null as Body);
	const read = await readJson(request, limit);
	if (!read.ok) return read;
	const body = parse(read.value);
	return body === null ? no('badRequest') : { ok: true, value: body };
}

function answerTo(error: unknown, endpoint: Endpoint): Response {
	if (error instanceof TooBusy) return refusal({ code: 'busy', retryAfter: 10 });
	// It may be done or not; asked again, the server knows.
	if (error instanceof OutcomeUnknown) return refusal({ code: 'busy', retryAfter: 1 });
	if (error instanceof UnknownSchool) return refusal({ code: 'notFound' });
	endpoint.log({ where: 'request', ...describeError(error) });
	return answer(no('broken'));
}
