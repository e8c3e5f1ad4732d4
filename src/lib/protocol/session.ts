import * as v from 'valibot';
import type { Actor } from '#lib/domain/kernel/actor.ts';
import type { Id, Instant, IsoDate } from '#lib/domain/kernel/ids.ts';
import { parse } from './parse.ts';
import { count, id, instant, isoDate } from './shapes.ts';

/** A data key as the server keeps it for a vault: 32 bytes in base64url. */
const dataKey = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/));

/** Longer texts are no passwords, and hashing them would cost. */
export const password = v.pipe(v.string(), v.minLength(1), v.maxLength(256));

/** A user name, or the account's e-mail address. */
export const userName = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(254));

/** `POST /api/session`. */
export interface SignIn {
	/** The school's id. */
	readonly school: Id;
	readonly userName: string;
	/** Of an image password: the pictures' names, with a space between them. */
	readonly password: string;
	/** The vault that this device keeps for the account; null: it has none. */
	readonly vault: Id | null;
	/** For the list of devices: *Chrome op Windows*. */
	readonly deviceName: string;
	/** Whether this app keeps the key of its session; one of before there were keys does not say so. */
	readonly keyed?: boolean | undefined;
}

/** The person who is signed in. */
export interface SessionInfo {
	readonly school: Id;
	readonly account: Id;
	readonly actor: Actor;
	/** The school's date by the server's clock. */
	readonly today: IsoDate;
	/** Nothing else works until a new password is chosen (`POST /api/session/password`). */
	readonly mustChange: boolean;
	/** How long the vault opens without contact; 0: this account keeps nothing on a device. */
	readonly offlineHours: number;
}

/** The answer of `GET /api/session`. */
export interface OpenSession extends SessionInfo {
	/** Whether the session has a key; without, its cookie lets in by itself. */
	readonly keyed: boolean;
}

/** Of a session that has just begun. */
export interface NewSession extends SessionInfo {
	/** For the vault of the device to keep, and nothing else; null: the session has none. */
	readonly key: string | null;
}

/** The answer of `POST /api/session`. */
export interface SignedIn extends NewSession {
	/** The escrowed key of the vault that was asked for, if there is one. */
	readonly keys: readonly EscrowedKey[];
}

/** `PUT /api/escrow`. A vault's key never changes: a second, other one is a `conflict`. */
export interface EscrowedKey {
	readonly vault: Id;
	readonly key: string;
}

/** `POST /api/session/password`: answers `NewSession`; all sessions of before it end. */
export interface OwnPassword {
	readonly current: string;
	readonly password: string;
	/** As of a sign-in. */
	readonly keyed?: boolean | undefined;
}

/** One line of `GET /api/session/devices`. */
export interface Device {
	readonly id: Id;
	readonly name: string;
	readonly signedInAt: Instant;
	readonly seenAt: Instant;
	/** The one that asks. */
	readonly current: boolean;
}

/** `DELETE /api/session/devices`. */
export interface EndDevice {
	/** null: all but the one that asks. */
	readonly device: Id | null;
	/** It was lost: at its next contact it removes what it keeps (product.md 59). */
	readonly wipe: boolean;
}

/** `DELETE /api/account-devices`: the same by the administration, of somebody else's account. */
export interface EndAccountDevice extends EndDevice {
	readonly account: Id;
}

const signIn: v.GenericSchema<unknown, SignIn> = v.object({
	school: id,
	userName,
	password,
	vault: v.nullable(id),
	deviceName: v.pipe(v.string(), v.maxLength(100)),
	keyed: v.optional(v.boolean())
});

const actor: v.GenericSchema<unknown, Actor> = v.object({
	id,
	role: v.picklist(['administration', 'teacher', 'scheduler', 'pupil', 'guardian']),
	// The rights of a newer version are no fault of the shape.
	rights: v.custom<Actor['rights']>((value) => Array.isArray(value))
});

const sessionInfo = {
	school: id,
	account: id,
	actor,
	today: isoDate,
	mustChange: v.boolean(),
	offlineHours: count
};

/** A server of before there were keys gives none. */
const newSession = { ...sessionInfo, key: v.optional(v.nullable(v.string()), null) };

const escrowedKey: v.GenericSchema<unknown, EscrowedKey> = v.object({ vault: id, key: dataKey });

const device: v.GenericSchema<unknown, Device> = v.object({
	id,
	name: v.string(),
	signedInAt: instant,
	seenAt: instant,
	current: v.boolean()
});

export function parseSignIn(value: unknown): SignIn | null {
	return parse(signIn, value);
}

export function parseOpenSession(value: unknown): OpenSession | null {
	return parse(v.object({ ...sessionInfo, keyed: v.optional(v.boolean(), false) }), value);
}

export function parseNewSession(value: unknown): NewSession | null {
	return parse(v.object(newSession), value);
}

export function parseSignedIn(value: unknown): SignedIn | null {
	return parse(v.object({ ...newSession, keys: v.array(escrowedKey) }), value);
}

export function parseEscrowedKey(value: unknown): EscrowedKey | null {
	return parse(escrowedKey, value);
}

export function parseOwnPassword(value: unknown): OwnPassword | null {
	return parse(v.object({ current: password, password, keyed: v.optional(v.boolean()) }), value);
}

export function parseDevices(value: unknown): readonly Device[] | null {
	return parse(v.object({ devices: v.array(device) }), value)?.devices ?? null;
}

/** `POST /api/account-devices { account }`: where somebody is signed in, for the administration. */
export function parseWhoseDevices(value: unknown): Id | null {
	return parse(v.object({ account: id }), value)?.account ?? null;
}

export function parseEndAccountDevice(value: unknown): EndAccountDevice | null {
	return parse(v.object({ account: id, device: v.nullable(id), wipe: v.boolean() }), value);
}

export function parseEndDevice(value: unknown): EndDevice | null {
	return parse(v.object({ device: v.nullable(id), wipe: v.boolean() }), value);
}
