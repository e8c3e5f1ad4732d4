import type { Id } from '#lib/domain/kernel/ids.ts';
import type { AuditBody } from '#lib/protocol/audit.ts';
import type { Store } from '#lib/server/store/database.ts';
import { schoolId } from '../school.ts';

/** A record as the store keeps it. */
export interface Row {
	readonly kind: string;
	readonly id: Id;
	readonly body: string;
}

/** A mutation that was taken, as the audit log has it. */
export type TakenEntry = Extract<AuditBody, { readonly what: 'mutation' }> & {
	readonly args: unknown;
};

/** How far the store was looked through. */
export interface Seen {
	readonly version: number;
	readonly seq: number;
	/** The owner of each password that is kept. */
	readonly secrets: ReadonlyMap<Id, Id>;
}

/** The news in a store, and how it stands now. */
export interface News extends Seen {
	readonly rows: readonly Row[];
	/** How many there are in all. */
	readonly records: number;
	readonly entries: readonly TakenEntry[];
}

/** Reads what was written since, and no more. */
export function readNews(store: Store, since: Seen & { readonly records: number }): Promise<News> {
	return store.read(schoolId, async ({ db, counter: { version } }) => {
		const audit = await db
			.selectFrom('audit as a')
			.leftJoin('audit_payload as p', (join) => join.onRef('p.seq', '=', 'a.seq'))
			.select(['a.seq', 'a.body', 'p.payload'])
			.where('a.seq', '>', since.seq)
			.orderBy('a.seq')
			.execute();
		const seq = audit.at(-1)?.seq ?? since.seq;
		const read = { version, seq, entries: audit.flatMap(takenIn) };
		if (version === since.version) return { ...since, ...read, rows: [] };
		const rows = await db
			.selectFrom('record')
			.select(['kind', 'id', 'body'])
			.where('version', '>', since.version)
			.execute();
		const { records } = await db
			.selectFrom('record')
			.select(({ fn }) => fn.countAll().as('records'))
			.executeTakeFirstOrThrow();
		const kept = await db.selectFrom('secret').select(['id', 'account']).execute();
		const secrets = new Map(kept.map(({ id, account }) => [id, account]));
		return { ...read, rows, records: Number(records), secrets };
	});
}

/** All that there is. */
export function readRows(store: Store): Promise<readonly Row[]> {
	return store.read(schoolId, ({ db }) =>
		db.selectFrom('record').select(['kind', 'id', 'body']).execute()
	);
}

function takenIn(row: { readonly body: string; readonly payload: string | null }): TakenEntry[] {
	const body = JSON.parse(row.body) as AuditBody;
	if (body.what !== 'mutation' || body.refusal !== null) return [];
	return [{ ...body, args: row.payload === null ? null : (JSON.parse(row.payload) as unknown) }];
}
