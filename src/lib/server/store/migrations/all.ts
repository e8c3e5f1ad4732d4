import { first } from './0001-first.ts';
import { knownUids } from './0002-known-uids.ts';
import { quotas } from './0003-quotas.ts';
import { sessionKeys } from './0004-session-keys.ts';

/**
 * All migrations in order; each is run once. A released one is frozen: it imports nothing, and is
 * never edited. The previous version may still be serving, so a migration only adds: tables,
 * indexes, columns that may be null or have a default.
 */
export const migrations = [first, knownUids, quotas, sessionKeys];
