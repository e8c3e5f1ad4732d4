import { sameJson } from '#lib/domain/kernel/json.ts';
import type { ArgsOf } from '#lib/domain/registry/mutations.ts';
import type { AnyRecord, History, RecordChange } from '#lib/domain/registry/records.ts';
import type { Json } from '#lib/domain/kernel/ids.ts';
import type { SchoolState } from '#lib/domain/registry/state.ts';

/** Holds an undo that was taken to its promise: what its mutation did is as it was before. Throws. */
export function checkUndone(
	state: SchoolState,
	entries: readonly History[],
	undone: ArgsOf<'change.undo@1'>
): void {
	const except = new Set(undone.except);
	const [first] = entries;
	for (const entry of entries) {
		if (entry.mutation !== first?.mutation || entry.actorId !== first.actorId) {
			throw new Error(`an undo takes back what ${entry.actorId} and ${first?.actorId ?? ''} did`);
		}
		if (except.has(entry.subjectId)) continue;
		for (const change of entry.changes) {
			const now = state.get(change.kind, change.id);
			if (!isBack(change, now)) throw new Error(`${change.kind} ${change.id} is not as it was`);
		}
	}
}

function isBack(change: RecordChange, now: AnyRecord | undefined): boolean {
	switch (change.op) {
		case 'add':
			// A card is on paper and an import keeps its report: both stay, and say that they ended.
			if (now?.kind === 'credentialCard') return now.state !== 'current';
			return !now || (now.kind === 'importRun' && now.undoneAt !== null);
		case 'remove':
			return sameJson(now as unknown as Json, change.before as unknown as Json);
		case 'edit': {
			const fields = (now ?? {}) as unknown as Readonly<Record<string, Json>>;
			return Object.entries(change.fields).every(([field, [from]]) =>
				sameJson(fields[field] ?? null, from)
			);
		}
	}
}
