/**
 * Takes one record of the version before to records of its own version. Frozen once released, and
 * imports nothing: the types of today are not those that it was written for. The records it
 * answers keep the id, since a page is found by it; their kinds may differ.
 */
export type Migration = (record: StoredRecord) => readonly StoredRecord[];

export interface StoredRecord {
	readonly kind: string;
	readonly id: string;
	readonly [field: string]: unknown;
}

/**
 * From 2 on a vault may belong to an endpoint. Records stay as they are; but an app that does not
 * know of endpoints must leave the vault alone, or it would fold what was never sent.
 */
const endpoints: Migration = (record) => [record];

/** The first takes version 1 to 2, and so on. */
export const migrations: readonly Migration[] = [endpoints];

/** The version that these migrations lead to. */
export function versionAfter(chain: readonly Migration[]): number {
	return chain.length + 1;
}

/** Records of an older version as they are now. */
export function migrate(
	records: readonly StoredRecord[],
	{ from, chain }: { readonly from: number; readonly chain: readonly Migration[] }
): readonly StoredRecord[] {
	let migrated = records;
	for (const step of chain.slice(from - 1)) {
		migrated = migrated.flatMap((record) => {
			const made = step(record);
			if (made.some(({ id }) => id !== record.id)) throw new Error('a migration changed an id');
			return made;
		});
	}
	return migrated;
}
