import type { AnyRecord } from '#lib/domain/registry/records.ts';
import { scopesOf, type Scope } from '#lib/domain/registry/scopes.ts';
import type { Change, StateReader } from '#lib/domain/registry/state.ts';
import type { SchoolTx } from '../store/database.ts';
import { recordsNewer } from '../store/records.ts';

/** The scopes in which a change is seen: those that its records had, and those that they have. */
export function scopesTouched(before: StateReader, { puts, removes }: Change): ReadonlySet<Scope> {
	const touched = new Set<Scope>();
	const note = (record: AnyRecord | undefined) => {
		if (record) for (const scope of scopesOf(record)) touched.add(scope);
	};
	for (const record of puts) note(record);
	for (const { kind, id } of [...puts, ...removes]) note(before.get(kind, id));
	return touched;
}

/** The same of all that was written since a version, by whatever process. */
export async function scopesTouchedSince(
	tx: SchoolTx,
	version: number
): Promise<ReadonlySet<Scope>> {
	const { puts } = await recordsNewer(tx, version);
	const touched = new Set(puts.flatMap(scopesOf));
	const removals = await tx.db
		.selectFrom('change')
		.select('scope')
		.distinct()
		.where('op', '=', 'remove')
		.where('version', '>', version)
		.execute();
	for (const { scope } of removals) touched.add(scope);
	return touched;
}
