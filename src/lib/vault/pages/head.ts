import { newId } from '#lib/crypto/random.ts';
import type { Id, Instant, IsoDate, Json } from '#lib/domain/kernel/ids.ts';
import { VaultError } from '../disk/failure.ts';
import { firstColdPage } from './pages.ts';

/** The place of a vault at a server. */
export interface Membership {
	/** The school, as the server names it. */
	readonly schoolId: Id;
	/** False while the school moves in: its outbox waits, and nothing is folded any more. */
	readonly joined: boolean;
	/**
	 * Mutations up to this number are settled here. Numbers are not written down one by one: the first
	 * mutation in the outbox has the next, and they leave it in order.
	 */
	readonly confirmed: number;
	/** The server's date when it last answered; null: it never did. */
	readonly today: IsoDate | null;
	readonly lastContact: Instant | null;
}

/** The content that the head row seals: how pages and outbox are to be read. */
export interface Head {
	/** No page is newer. An app that is older must leave this vault alone. */
	readonly version: number;
	/** No page is older. */
	readonly settledVersion: number;
	/** Another after every change of confirmed records that did not come from the outbox alone. */
	readonly lineage: string;
	/** The last outbox row that was folded into pages. */
	readonly foldedSeq: number;
	/** No outbox row that was there when this was written has a higher number; none is used twice. */
	readonly lastSeq: number;
	readonly hotPages: number;
	/** Bytes of text in the hot pages, roughly. */
	readonly hotBytes: number;
	/** Pages of what was pulled since the hot pages were written. */
	readonly recentPages: number;
	/** Bytes of text in them, roughly. */
	readonly recentBytes: number;
	/** Cold pages, in the order written. */
	readonly historyPages: readonly number[];
	readonly secretPages: readonly number[];
	readonly nextColdPage: number;
	/** Mutations that the server refused and their maker has not yet dealt with. */
	readonly refusedPages: readonly number[];
	readonly refusedCount: number;
	/** Mutations that were sent lately; `until`: milliseconds since 1970. */
	readonly sentPages: readonly { readonly id: number; readonly until: number }[];
	/** null: a school that lives on this device alone. */
	readonly membership: Membership | null;
	/** Where the server's changes were read up to; null: nothing was read yet. */
	readonly cookie: Json;
	/** Names this vault's numbering to the server. */
	readonly clientId: Id;
}

export function newHead(version: number, membership: Membership | null): Head {
	return {
		version,
		settledVersion: version,
		lineage: newId(),
		foldedSeq: 0,
		hotPages: 1,
		hotBytes: 0,
		historyPages: [],
		secretPages: [],
		nextColdPage: firstColdPage,
		...outsideEndpoint,
		membership,
		cookie: null,
		clientId: newId()
	};
}

export function newMembership(schoolId: Id, joined: boolean): Membership {
	return { schoolId, joined, confirmed: 0, today: null, lastContact: null };
}

/** The fields of a head that was written before there were servers. */
const outsideEndpoint = {
	lastSeq: 0,
	recentPages: 0,
	recentBytes: 0,
	refusedPages: [],
	refusedCount: 0,
	sentPages: [],
	membership: null
};

export function packHead(head: Head): string {
	return JSON.stringify(head);
}

export function unpackHead(text: string, version: number): Head {
	const head: Head = { ...outsideEndpoint, ...(JSON.parse(text) as Head) };
	if (head.version > version) throw new VaultError('updateNeeded');
	return head;
}
