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

/** From 3 on accounts can be guardians', and a school says when they are blocked. */
const accounts: Migration = (record) => [withAccountFields(record)];

function withAccountFields(record: StoredRecord): StoredRecord {
	if (record.kind === 'account') return { ...accountFields, ...record };
	if (record.kind === 'school') return { ...schoolFields, ...record };
	// What a removal keeps comes back whole when it is undone.
	if (record.kind !== 'history' || !Array.isArray(record['changes'])) return record;
	const changes = (record['changes'] as { readonly before?: StoredRecord }[]).map((change) =>
		change.before ? { ...change, before: withAccountFields(change.before) } : change
	);
	return { ...record, changes };
}

const accountFields = {
	guardianId: null,
	groupIds: [],
	email: null,
	secretId: null,
	issuedAt: null
};
const schoolFields = {
	failuresBeforeBlock: 10,
	offlineHours: 72,
	resetMinutes: 60,
	applicationManagerName: '',
	applicationManagerAddress: ''
};

/** The first takes version 1 to 2, and so on. */
export const migrations: readonly Migration[] = [endpoints, accounts];

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
