import type { Id } from '#lib/domain/kernel/ids.ts';
import { quotas, verdictOn, type Work } from '../limits/quotas.ts';
import { readUsed, writeUsed } from '../limits/quota-table.ts';
import type { SchoolWriting } from './school-writing.ts';

/**
 * Counts work against an account's hour, in the transaction that does it.
 *
 * @returns seconds to wait; 0: go on
 */
export async function charge(writing: SchoolWriting, account: Id, work: Work): Promise<number> {
	const quota = quotas[writing.actor(account)?.role ?? 'pupil'];
	if (work.mutations === 0 || quota === null) return 0;
	const { tx, now } = writing;
	const verdict = verdictOn(await readUsed(tx, account), work, quota, now);
	if (verdict.kind === 'wait') return verdict.seconds;
	await writeUsed(tx, account, verdict.used);
	return 0;
}
