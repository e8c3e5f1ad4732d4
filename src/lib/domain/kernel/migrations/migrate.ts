import type { Migration, StoredRecord } from './steps.ts';

/** The schema that these migrations lead to: the first takes 1 to 2, and so on. */
export function schemaAfter(chain: readonly Migration[]): number {
	return chain.length + 1;
}

/** Records of an older schema as they are now. */
export function migrate(
	records: readonly StoredRecord[],
	{ from, chain }: { readonly from: number; readonly chain: readonly Migration[] }
): readonly StoredRecord[] {
	const steps = chain.slice(from - 1);
	return steps.length === 0 ? records : records.map((record) => migrated(record, steps));
}

function migrated(record: StoredRecord, steps: readonly Migration[]): StoredRecord {
	let now = record;
	for (const step of steps) {
		now = step(now);
		if (now.id !== record.id || now.kind !== record.kind) {
			throw new Error('a migration changed an id or a kind');
		}
	}
	return now;
}
