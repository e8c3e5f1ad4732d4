import type { Scope } from '#lib/domain/registry/scopes.ts';
import type { Synced } from '#lib/protocol/sync-answer.ts';
import type { Cookie } from '#lib/protocol/sync-request.ts';
import type { Counter, SchoolTx } from '../store/database.ts';
import { readChanges } from '../store/read-changes.ts';

/** About as many changed rows, and characters of records, as one answer holds. */
export interface AnswerLimit {
	readonly rows: number;
	readonly length: number;
}

type Patch = Pick<Synced, 'afresh' | 'removes' | 'puts' | 'lostScopes' | 'scopes' | 'more'> & {
	readonly cookie: Cookie;
};

/** How a reading goes on, or begins. */
interface Plan {
	readonly afresh: boolean;
	readonly version: number;
	/** Held by the device, and still the account's. */
	readonly kept: readonly Scope[];
	readonly gained: readonly Scope[];
	readonly lost: readonly Scope[];
	readonly upTo: number;
	readonly position: NonNullable<Cookie['reading']>['position'] | null;
}

/**
 * Returns what a device lacks, of the scopes that its account holds in this snapshot: of those it
 * had, what is newer, of the others, all. A cookie says what a device has, and grants nothing.
 *
 * Changes that are written while a device reads in several parts come in a reading after that, and
 * the device waits for them: it shows the school as it was in one snapshot.
 */
export async function pull(
	tx: SchoolTx,
	asked: {
		readonly cookie: Cookie | null;
		readonly held: ReadonlySet<Scope>;
		readonly limit: AnswerLimit;
	}
): Promise<Patch> {
	const { counter } = tx;
	const { cookie, held, limit } = asked;
	const plan = planOf(cookie, held, counter);
	const { afresh, version, kept, gained, upTo } = plan;
	const scopes = [...kept, ...gained];
	const { removes, puts, next } = await readChanges(tx, {
		scopes: new Map([
			...kept.map((scope) => [scope, version] as const),
			...gained.map((scope) => [scope, 0] as const)
		]),
		since: version,
		upTo,
		position: plan.position,
		limit
	});
	const { epoch } = counter;
	const patch = { afresh, removes, puts, lostScopes: plan.lost, scopes };
	if (next) {
		const reading = { since: upTo, gained, position: next };
		return { ...patch, cookie: { epoch, version, scopes: kept, reading }, more: true };
	}
	const isWhole = upTo === counter.version && scopes.length === held.size;
	return { ...patch, cookie: { epoch, version: upTo, scopes, reading: null }, more: !isWhole };
}

function planOf(cookie: Cookie | null, held: ReadonlySet<Scope>, counter: Counter): Plan {
	const isHeld = (scope: Scope) => held.has(scope);
	const upTo = counter.version;
	if (!cookie || isFromElsewhere(cookie, counter)) {
		const gained = [...held];
		return { afresh: true, version: 0, kept: [], gained, lost: [], upTo, position: null };
	}
	const { version, scopes, reading } = cookie;
	const kept = unique(scopes.filter(isHeld));
	const lost = unique(scopes.filter((scope) => !isHeld(scope)));
	const begun = { afresh: false, version, kept, lost };
	if (reading) {
		const { gained, since, position } = reading;
		const still = unique(gained.filter((scope) => isHeld(scope) && !kept.includes(scope)));
		// Scopes that were gained since it began are read after it.
		return { ...begun, gained: still, upTo: since, position };
	}
	const had = new Set(scopes);
	const gained = [...held].filter((scope) => !had.has(scope));
	return { ...begun, gained, upTo, position: null };
}

/** Of a backup, from before what has been forgotten, or no cookie of ours at all. */
function isFromElsewhere({ epoch, version, scopes, reading }: Cookie, counter: Counter): boolean {
	if (epoch !== counter.epoch || version > counter.version) return true;
	if (!reading) return scopes.length === 0 || version < counter.pruned;
	const { since } = reading;
	return since > counter.version || since < version || since < counter.pruned;
}

function unique(scopes: readonly Scope[]): Scope[] {
	return [...new Set(scopes)];
}
