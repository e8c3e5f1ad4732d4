import type { Id, Json } from '#lib/domain/records.ts';
import { VaultError } from './failure.ts';

/** What the head row seals: how pages and outbox are to be read. */
export interface Head {
	/** No page is newer. An app that is older must leave this vault alone. */
	readonly version: number;
	/** No page is older. */
	readonly settledVersion: number;
	/** Another after every change of confirmed records that did not come from the outbox alone. */
	readonly lineage: string;
	/** The last outbox row that was folded into pages. */
	readonly foldedSeq: number;
	readonly hotPages: number;
	/** Bytes of text in the hot pages, roughly. */
	readonly hotBytes: number;
	/** Cold pages, in the order written. */
	readonly historyPages: readonly number[];
	readonly secretPages: readonly number[];
	readonly nextColdPage: number;
	/** Where the endpoint's changes were read up to; null without an endpoint. */
	readonly cookie: Json;
	/** Names this vault to the endpoint. */
	readonly clientId: Id;
}

export function packHead(head: Head): string {
	return JSON.stringify(head);
}

export function unpackHead(text: string, version: number): Head {
	const head = JSON.parse(text) as Head;
	if (head.version > version) throw new VaultError('updateNeeded');
	return head;
}
