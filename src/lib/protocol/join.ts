import * as v from 'valibot';
import type { Mutation } from '#lib/domain/kernel/mutation.ts';
import type { Secret } from '#lib/domain/credentials/secret.ts';
import type { AnyRecord } from '#lib/domain/registry/records.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import { anyRecord } from './field-shapes.ts';
import { parse } from './parse.ts';
import { secret } from './secrets.ts';
import { password } from './session.ts';
import { count, id } from './shapes.ts';
import { mutation } from './sync-request.ts';

/** A password that the school issued, and the account or LeerID that it opens. */
export interface JoiningSecret {
	readonly id: Id;
	readonly account: Id;
	readonly secret: Secret;
}

/**
 * A school that was made on a device moves in, part by part. Parts may be sent again; the first,
 * number 0, begins anew.
 */
export interface JoinPart {
	/** The invitation's. */
	readonly token: string;
	readonly school: Id;
	readonly part: number;
	/** History too. */
	readonly records: readonly AnyRecord[];
	readonly secrets: readonly JoiningSecret[];
}

/** After the last part. */
export interface JoinEnd {
	readonly token: string;
	readonly school: Id;
	/** The size of all parts together: the school opens only when it is whole. */
	readonly whole: { readonly records: number; readonly secrets: number };
}

/** `POST /api/join/found`: a school that is made on the server, with its first account's password. */
export interface JoinFound {
	readonly token: string;
	/** `school.create@1` */
	readonly mutation: Mutation;
	readonly password: string;
}

/** `POST /api/join/invitation { token }`: what an invitation fixes. */
export interface Invitation {
	/** BRIN or instellingsnummer. */
	readonly number: string;
	/** As the server's owner wrote it. */
	readonly name: string;
}

/** Records in one part, at most; its body must fit the server's limit too. */
export const maxRecordsPerPart = 2_000;

/** An invitation's token, as its link and the owner's screen show it. */
const inviteToken = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{22,64}$/));

const joinPart: v.GenericSchema<unknown, JoinPart> = v.strictObject({
	token: inviteToken,
	school: id,
	part: count,
	records: v.pipe(v.array(anyRecord), v.maxLength(maxRecordsPerPart)),
	secrets: v.pipe(
		v.array(v.strictObject({ id, account: id, secret })),
		v.maxLength(maxRecordsPerPart)
	)
});

const joinEnd: v.GenericSchema<unknown, JoinEnd> = v.strictObject({
	token: inviteToken,
	school: id,
	whole: v.strictObject({ records: count, secrets: count })
});

export function parseJoinPart(value: unknown): JoinPart | null {
	return parse(joinPart, value);
}

export function parseJoinEnd(value: unknown): JoinEnd | null {
	return parse(joinEnd, value);
}

export function parseJoinFound(value: unknown): JoinFound | null {
	return parse(v.strictObject({ token: inviteToken, mutation, password }), value);
}

export function parseInviteToken(value: unknown): string | null {
	return parse(v.strictObject({ token: inviteToken }), value)?.token ?? null;
}

export function parseInvitation(value: unknown): Invitation | null {
	return parse(v.object({ number: v.string(), name: v.string() }), value);
}
