/**
 * The version of what crosses the wire and of the records in it. It goes up when a record or a
 * mutation changes in a way that an older app could not read.
 */
export const schemaVersion = 1;

/** design.md 3: what one request may carry. */
export const maxMutationsPerRequest = 500;
/** Of a request's mutations and secrets as UTF-8 JSON, in bytes. */
export const maxRequestBytes = 1_000_000;
