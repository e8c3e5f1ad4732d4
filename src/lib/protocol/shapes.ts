import * as v from 'valibot';
import { isValidIsoDate } from '#lib/domain/kernel/dates.ts';
import type { Json } from '#lib/domain/kernel/ids.ts';
import type { Kind } from '#lib/domain/registry/kinds.ts';
import type { RecordKey } from '#lib/domain/registry/records.ts';

/** Letters of base64url; 22 of them in the ids that the app draws. */
export const id = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/));

/** An id, or a history's: that of its mutation, and a number. */
export const recordId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,80}$/));

export const isoDate = v.pipe(v.string(), v.check(isValidIsoDate));

export const instant = v.pipe(
	v.string(),
	v.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/),
	v.check((text) => !Number.isNaN(Date.parse(text)))
);

/** From 0 up. */
export const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** Anything; `parse` checks that all of it is JSON. */
export const json = v.custom<Json>((value) => value !== undefined);

export const scope = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_/-]{1,200}$/));

/** The kinds of a newer version are no fault of the shape. */
export const kind = v.custom<Kind>(
	(value) => typeof value === 'string' && /^[A-Za-z]{1,40}$/.test(value)
);

export const recordKey: v.GenericSchema<unknown, RecordKey> = v.object({ kind, id: recordId });
