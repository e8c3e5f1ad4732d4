import { mergeEdit } from '../edit.ts';
import type { Actor, Mutator } from '../mutation.ts';
import type { AnyRecord, Id, ImportRun, Json, Kind } from '../records.ts';
import type { Refusal } from '../refusal.ts';
import type { Draft } from '../state/draft.ts';
import { checkImported } from './check-imported.ts';

/** One record that an import adds, or edits field by field. */
export type ImportedRecord =
	| { readonly add: AnyRecord }
	| {
			readonly kind: Kind;
			readonly id: Id;
			readonly edit: Readonly<Record<string, readonly [from: Json, to: Json]>>;
	  };

/** The kinds of record that a file can bring. Credentials and accounts are not among them. */
export const importedKinds: ReadonlySet<Kind> = new Set<Kind>([
	'group',
	'pupil',
	'pupilIdentity',
	'pupilOfficial',
	'nationalNumber',
	'pupilContact',
	'enrolment',
	'guardian',
	'guardianContact',
	'guardianship',
	'staff',
	'importBase'
]);

export const importMutators = {
	/** The first mutation of an import's batch. */
	'import.start@1': { may: mayImport, run: start } as Mutator<{ readonly run: ImportRun }>,
	/** A part of it, at most `maxMutationBytes` long. Writes only the kinds that a file can bring. */
	'import.write@1': { may: mayImport, run: write } as Mutator<{
		readonly importRunId: Id;
		readonly records: readonly ImportedRecord[];
	}>
};

function mayImport(actor: Actor): boolean {
	return actor.role === 'administration' && actor.rights.includes('import');
}

function start(
	draft: Draft,
	{ run }: { readonly run: ImportRun },
	{ actor }: { readonly actor: Actor }
): Refusal | null {
	const { kind, id } = run;
	if (kind !== 'importRun') return { code: 'invalidValue', field: 'kind' };
	if (run.actorId !== actor.id) return { code: 'invalidValue', field: 'actorId' };
	if (run.undoneAt !== null) return { code: 'invalidValue', field: 'undoneAt' };
	if (draft.get(kind, id)) return { code: 'alreadyExists', kind, id };
	draft.put(run);
	return null;
}

function write(
	draft: Draft,
	args: { readonly importRunId: Id; readonly records: readonly ImportedRecord[] }
): Refusal | null {
	const { importRunId, records } = args;
	if (!draft.get('importRun', importRunId)) {
		return { code: 'notFound', kind: 'importRun', id: importRunId };
	}
	const touched: AnyRecord[] = [];
	for (const imported of records) {
		const refusal = writeOne(draft, imported, touched);
		if (refusal) return refusal;
	}
	// After all of them, since one may name another that comes later.
	for (const record of touched) {
		const refusal = checkImported(draft, record);
		if (refusal) return refusal;
	}
	return null;
}

function writeOne(draft: Draft, imported: ImportedRecord, touched: AnyRecord[]): Refusal | null {
	const { kind, id } = 'add' in imported ? imported.add : imported;
	if (!importedKinds.has(kind)) return { code: 'invalidValue', field: 'kind' };
	const existing = draft.get(kind, id);
	if ('add' in imported) {
		if (existing) return { code: 'alreadyExists', kind, id };
		draft.put(imported.add);
		touched.push(imported.add);
		return null;
	}
	if (!existing) return { code: 'notFound', kind, id };
	const strange = Object.keys(imported.edit).find(
		(field) => !(field in existing) || field === 'kind' || field === 'id'
	);
	if (strange !== undefined) return { code: 'invalidValue', field: strange };
	const merged = mergeEdit<AnyRecord>(existing, imported.edit);
	if (!merged.ok) return merged.refusal;
	draft.put(merged.value);
	touched.push(merged.value);
	return null;
}
