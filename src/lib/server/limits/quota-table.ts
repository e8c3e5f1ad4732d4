import type { Id, Instant } from '#lib/domain/kernel/ids.ts';
import type { Refusal } from '#lib/domain/registry/refusal.ts';
import type { Used } from './quotas.ts';
import type { SchoolTx } from '../store/database.ts';
import { statement } from '../store/statement.ts';
import type { QuotaTable, RefusedTable } from '../store/tables.ts';

/** Returns what an account has used of its hour; null: nothing was noted. */
export async function readUsed(tx: SchoolTx, account: Id): Promise<Used | null> {
	const [row] = await tx.run(usedBy, { account });
	return row ? { mutationsUntil: row.mutations_until, bytesUntil: row.bytes_until } : null;
}

const usedBy = statement((db, { account }: { readonly account: Id }) =>
	db.selectFrom('quota').select(['mutations_until', 'bytes_until']).where('account', '=', account)
);

export async function writeUsed(tx: SchoolTx, account: Id, used: Used): Promise<void> {
	const { mutationsUntil: mutations_until, bytesUntil: bytes_until } = used;
	await tx.run(putUsed, { account, mutations_until, bytes_until });
}

const putUsed = statement((db, { account, mutations_until, bytes_until }: QuotaTable) =>
	db
		.insertInto('quota')
		.values({ account, mutations_until, bytes_until })
		.onConflict((conflict) =>
			conflict.column('account').doUpdateSet((row) => ({
				mutations_until: row.ref('excluded.mutations_until'),
				bytes_until: row.ref('excluded.bytes_until')
			}))
		)
);

/** Counts refusals by account and code; `upkeep` writes them into the audit log. */
export class RefusalCounts {
	readonly #counts = new Map<Id, Map<Refusal['code'], number>>();

	add(account: Id, { code }: Refusal): void {
		const codes = this.#counts.get(account) ?? new Map<Refusal['code'], number>();
		codes.set(code, (codes.get(code) ?? 0) + 1);
		this.#counts.set(account, codes);
	}

	get isEmpty(): boolean {
		return this.#counts.size === 0;
	}

	/** Adds them to what is counted already. */
	async write(tx: SchoolTx, since: Instant): Promise<void> {
		const rows = [...this.#counts].flatMap(([account, codes]) =>
			[...codes].map(([code, count]): RefusedTable => ({ account, code, count, since }))
		);
		await tx.insertEach(addRefused, rows);
	}
}

const addRefused = statement((db, { account, code, count, since }: RefusedTable) =>
	db
		.insertInto('refused')
		.values({ account, code, count, since })
		.onConflict((conflict) =>
			conflict.columns(['account', 'code']).doUpdateSet((row) => ({
				count: row('refused.count', '+', row.ref('excluded.count'))
			}))
		)
);
