import type { AnyRecord } from '#lib/domain/registry/records.ts';
import { parseAuditBody } from '#lib/protocol/audit.ts';
import type { Store } from '#lib/server/store/database.ts';
import type { OutsideTables, SchoolTables } from '#lib/server/store/tables.ts';
import { verifyAudit } from '#lib/server/audit/verify.ts';
import { schoolId } from './cast.ts';
import { sorted } from './kinds.ts';
import type { GoldenServer } from './shapes.ts';

type Table = keyof SchoolTables | keyof OutsideTables;

/** Every table of a school, and those beside schools; one that is left out does not compile. */
const everyTable: Readonly<Record<Table, true>> = {
	record: true,
	change: true,
	client: true,
	outcome: true,
	counter: true,
	secret: true,
	credential: true,
	session: true,
	attempt: true,
	reset: true,
	escrow: true,
	audit: true,
	audit_payload: true,
	quota: true,
	refused: true,
	schools: true,
	due: true
};

/** What an endpoint's store holds of the golden school. */
export async function contentsOf(store: Store): Promise<Omit<GoldenServer, 'version' | 'at'>> {
	const audit = await verifyAudit(store, schoolId);
	const found = await store.read(schoolId, async ({ db }) => {
		const rows: Record<string, number> = {};
		for (const table of Object.keys(everyTable) as Table[]) {
			const counted = await db
				.selectFrom(table)
				.select(({ fn }) => fn.countAll().as('rows'))
				.executeTakeFirstOrThrow();
			rows[table] = Number(counted.rows);
		}
		const records = await db.selectFrom('record').select('body').execute();
		const links = await db.selectFrom('audit').select('body').orderBy('seq').execute();
		return {
			rows,
			records: sorted(records.map(({ body }) => JSON.parse(body) as AnyRecord)),
			bodies: links.map(({ body }) => parseAuditBody(JSON.parse(body)))
		};
	});
	const { records, rows, bodies } = found;
	const mutations = bodies.flatMap((body) => (body?.what === 'mutation' ? [body.mutation] : []));
	return { records, rows, audit, mutations: [...new Set(mutations)].sort() };
}
