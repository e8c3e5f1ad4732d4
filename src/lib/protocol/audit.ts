import * as v from 'valibot';
import type { Id, Instant } from '#lib/domain/kernel/ids.ts';
import { parse } from './parse.ts';
import { count, id, instant } from './shapes.ts';

/** The content of an entry of the audit log, by ids only (design.md 5). */
export type AuditBody =
	| {
			readonly what: 'mutation';
			readonly at: Instant;
			/** With its version; empty: none that this server knew. */
			readonly mutation: string;
			readonly uid: Id;
			readonly actorId: Id;
			/** The code, of an older server's entries; null: it was done. */
			readonly refusal: string | null;
	  }
	/** The school came from a device, with so many records. */
	| { readonly what: 'movedIn'; readonly at: Instant; readonly records: number }
	/** Somebody's devices were signed out by the administration. */
	| { readonly what: 'signedOut'; readonly at: Instant; readonly actorId: Id; readonly account: Id }
	/** The payload of another entry was erased; with `to`, those of all entries up to and with it. */
	| {
			readonly what: 'erased';
			readonly at: Instant;
			readonly actorId: Id;
			readonly seq: number;
			readonly to?: number | undefined;
	  }
	/** Requests of an account that were in vain since a moment: how often, by the refusal's code. */
	| {
			readonly what: 'refused';
			readonly at: Instant;
			readonly actorId: Id;
			readonly from: Instant;
			readonly counts: Readonly<Record<string, number>>;
	  };

/** An entry as the administration reads it. */
export interface AuditLine {
	/** The first entry of a school is 1, and none is left out. */
	readonly seq: number;
	/** null: what is kept is no entry, so somebody changed it. */
	readonly body: AuditBody | null;
	/** The subject of a mutation; null: the school, or the request is no longer kept. */
	readonly subject: Id | null;
	/** The request itself is no longer kept. */
	readonly erased: boolean;
	/** Of its hash: `markOf`. */
	readonly mark: string;
}

/** `POST /api/audit { before }`: the newest entries, or those before one; at most `auditPage`. */
export interface AuditPage {
	/** The newest first. */
	readonly lines: readonly AuditLine[];
	/** There are older ones. */
	readonly more: boolean;
}

export const auditPage = 100;

/** As much of an entry's hash as people compare. */
export function markOf(hash: string): string {
	return hash.slice(0, 8);
}

export type AuditFault = 'missing' | 'broken' | 'payloadChanged' | 'payloadMissing';

/** `GET /api/audit/verify`: what came of going along a school's whole chain. */
export interface AuditVerdict {
	/** So many hold, from the first on. */
	readonly entries: number;
	/** When the first was made; null: there is none. */
	readonly since: Instant | null;
	/** Of the last entry. Kept elsewhere, it shows later that none was cut off at the end. */
	readonly lastHash: string;
	/** The first entry that does not hold, and why; null: all of it holds. */
	readonly fault: { readonly seq: number; readonly fault: AuditFault } | null;
}

const auditBody: v.GenericSchema<unknown, AuditBody> = v.variant('what', [
	v.object({
		what: v.literal('mutation'),
		at: instant,
		mutation: v.string(),
		uid: id,
		actorId: id,
		refusal: v.nullable(v.string())
	}),
	v.object({ what: v.literal('movedIn'), at: instant, records: count }),
	v.object({ what: v.literal('signedOut'), at: instant, actorId: id, account: id }),
	v.object({
		what: v.literal('erased'),
		at: instant,
		actorId: id,
		seq: count,
		to: v.optional(count)
	}),
	v.object({
		what: v.literal('refused'),
		at: instant,
		actorId: id,
		from: instant,
		counts: v.record(v.string(), count)
	})
]);

const auditLine: v.GenericSchema<unknown, AuditLine> = v.object({
	seq: count,
	// A newer server may tell what this app does not know.
	body: v.fallback(v.nullable(auditBody), null),
	subject: v.nullable(id),
	erased: v.boolean(),
	mark: v.string()
});

const auditVerdict: v.GenericSchema<unknown, AuditVerdict> = v.object({
	entries: count,
	since: v.nullable(instant),
	lastHash: v.string(),
	fault: v.nullable(
		v.object({
			seq: count,
			fault: v.picklist(['missing', 'broken', 'payloadChanged', 'payloadMissing'])
		})
	)
});

/**
 * The type of the answer of `GET /api/audit/verify` to a device that can read it a line at a time.
 */
export const auditLines = 'application/x-ndjson';

/** A line before the verdict: so many of all entries hold. */
export interface AuditProgress {
	readonly checked: number;
	readonly all: number;
}

/** An entry's body as it is kept; null: it is none. */
export function parseAuditBody(value: unknown): AuditBody | null {
	return parse(auditBody, value);
}

export interface AuditRequest {
	/** null: from the newest on. */
	readonly before: number | null;
}

export function parseAuditRequest(value: unknown): AuditRequest | null {
	return parse(v.object({ before: v.nullable(count) }), value);
}

export function parseAuditPage(value: unknown): AuditPage | null {
	return parse(v.object({ lines: v.array(auditLine), more: v.boolean() }), value);
}

export function parseAuditProgress(value: unknown): AuditProgress | null {
	return parse(v.object({ checked: count, all: count }), value);
}

export function parseAuditVerdict(value: unknown): AuditVerdict | null {
	return parse(auditVerdict, value);
}
