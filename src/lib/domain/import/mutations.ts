import { imported, record } from '../kernel/args.ts';
import { list, named, id } from '../kernel/field.ts';
import { mergeEdit } from '../kernel/edit.ts';
import type { Actor } from '../kernel/actor.ts';
import { mutation } from '../registry/mutation.ts';
import { isAnotherPerson, type Identity } from '../people/identity/same-person.ts';
import type { AnyRecord } from '../registry/records.ts';
import type { Guardian, Pupil, PupilIdentity, Staff } from '../people/kinds.ts';
import type { Id } from '../kernel/ids.ts';
import { importedKinds, type ImportedRecord } from './imported-record.ts';
import { imports, type ImportRun } from './kinds.ts';
import { declared, type Kind } from '../registry/kinds.ts';
import type { Refusal } from '../registry/refusal.ts';
import type { Draft } from '../registry/state.ts';
import { checkImported } from './check-imported.ts';

/** experience.md, *Import*. */
export const importUndoHours = 30 * 24;
const byImporters = { by: ['import'], within: importUndoHours } as const;
const written = { importRunId: named('importRun'), records: list(imported<ImportedRecord>()) };

export const importMutations = {
	/** The first mutation of an import's batch. */
	'import.start@1': mutation({
		args: { run: record('importRun', imports.importRun) },
		may: mayImport,
		about: 'run',
		topic: 'import',
		part: 'start',
		undo: byImporters,
		ends: null,
		secret: null,
		run: start
	}),

	/**
	 * Apps of before the mutation below wrote this one, and it may still wait in their outboxes. It
	 * does not ask who somebody is: refusing it would throw away imports that are done.
	 */
	'import.write@1': mutation({
		args: written,
		may: mayImport,
		about: 'importRunId',
		topic: 'import',
		part: 'deed',
		undo: byImporters,
		ends: null,
		// A file brings no record with a password (`importedKinds`).
		secret: () => null,
		run: write
	}),

	/**
	 * A part of it, at most `maxMutationBytes` long. Writes only the kinds that a file can bring, and
	 * makes nobody another person of whom nobody decided that.
	 */
	'import.write@2': mutation({
		args: {
			...written,
			/** Those whose name or birth date a person said to be theirs. */
			decided: list(id())
		},
		may: mayImport,
		about: 'importRunId',
		topic: 'import',
		part: 'deed',
		undo: byImporters,
		ends: null,
		secret: () => null,
		run: writeDecided
	})
};

interface WriteImport {
	readonly importRunId: Id;
	readonly records: readonly ImportedRecord[];
}

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

function writeDecided(
	draft: Draft,
	args: WriteImport & { readonly decided: readonly Id[] }
): Refusal | null {
	return write(draft, args) ?? refuseOtherPeople(draft, args);
}

/**
 * The last guard: a plan may be stale, and not every client plans. People that the school knows
 * stay who they are, with their account, unless a person decided otherwise.
 */
function refuseOtherPeople(
	draft: Draft,
	{ records, decided }: WriteImport & { readonly decided: readonly Id[] }
): Refusal | null {
	const isDecided = new Set(decided);
	for (const record of records) {
		if ('add' in record || isDecided.has(record.id)) continue;
		const { kind, id } = record;
		const before = knownIdentity(kind, (each) => draft.before(each, id));
		const after = knownIdentity(kind, (each) => draft.get(each, id));
		if (before && after && isAnotherPerson(before, after))
			return { code: 'anotherPerson', kind, id };
	}
	return null;
}

/** The person that a record says somebody is; undefined: it does not, or they are new. */
function knownIdentity(
	kind: Kind,
	read: (kind: Kind) => AnyRecord | undefined
): Identity | undefined {
	switch (kind) {
		case 'pupil':
		case 'pupilIdentity': {
			const pupil = read('pupil') as Pupil | undefined;
			return pupil && { ...(read('pupilIdentity') as PupilIdentity | undefined), ...pupil };
		}
		case 'guardian': {
			const guardian = read('guardian') as Guardian | undefined;
			return guardian && { ...guardian, givenName: guardian.givenName || guardian.initials };
		}
		case 'staff':
			return read('staff') as Staff | undefined;
		default:
			return undefined;
	}
}

function write(draft: Draft, { importRunId, records }: WriteImport): Refusal | null {
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
	const declaration = declared(kind);
	const strange = Object.keys(imported.edit).find(
		(field) =>
			(!(field in existing) && !declaration.fields[field]?.gone) ||
			field === 'kind' ||
			field === 'id'
	);
	if (strange !== undefined) return { code: 'invalidValue', field: strange };
	const merged = mergeEdit<AnyRecord>(existing, imported.edit, declaration);
	if (!merged.ok) return merged.refusal;
	draft.put(merged.value);
	touched.push(merged.value);
	return null;
}
