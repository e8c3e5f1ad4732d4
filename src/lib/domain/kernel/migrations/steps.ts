/** A record as it was stored: the types of today are not those that it was written for. */
export interface StoredRecord {
	readonly kind: string;
	readonly id: string;
	readonly [field: string]: unknown;
}

/** Takes one record of the schema before to its own. It keeps kind and id, by which a record is found. */
export type Migration = (record: StoredRecord) => StoredRecord;

/**
 * The steps that fields with `since` can't express, by the number of the schema that it leads to.
 * Frozen once released; imports nothing. From 4 on a step knows the old shape when it sees it, and
 * leaves a record of its own schema or a later one alone: what a server stores bears no number.
 */
export const steps: Readonly<Record<number, Migration>> = {
	/**
	 * From 2 on a vault may belong to a server. Records stay as they are; but an app that does not know
	 * of servers must leave the vault alone, or it would fold what was never sent.
	 */
	2: (record) => record
};
