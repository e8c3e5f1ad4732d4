import { recordSchema } from '#lib/domain/registry/migrations.ts';

/** Requests number schemas from 1 on, and the first was that of the records' third. */
const before = 2;

/** The version of what crosses the wire: that of the records in it. */
export const schemaVersion = recordSchema - before;

/** The oldest schema that is answered. It goes up only when something gets another meaning. */
export const oldestSchema = 1;

/** The schema of the records that an app knows which sends this version. */
export function recordSchemaOf(version: number): number {
	return version + before;
}

/** design.md 3: what one request may carry. */
export const maxMutationsPerRequest = 500;
/** Of a request's mutations and secrets as UTF-8 JSON, in bytes. */
export const maxRequestBytes = 1_000_000;
