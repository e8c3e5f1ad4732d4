import { keptBecause } from '#lib/domain/history/import-credentials.ts';
import { undoOutcome, type UndoOutcome } from '#lib/domain/history/undo-plan.ts';
import { importUndoHours } from '#lib/domain/import/mutations.ts';
import type { ImportSubject } from '#lib/domain/import/plan.ts';
import { fullNameOf } from '#lib/domain/people/names.ts';
import type { History } from '#lib/domain/registry/records.ts';
import type { Id, Instant } from '#lib/domain/kernel/ids.ts';
import { ok, type Result } from '#lib/domain/kernel/result.ts';
import type { ImportRun } from '#lib/domain/import/kinds.ts';
import type { StateReader } from '#lib/domain/registry/state.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import type { CommitFailure } from '#lib/vault/replica/replica.ts';
import { command, type Session } from '../session/session.svelte.ts';
import { credentialTexts, showDone } from '../session/undo.ts';

/** The imports of the school, the newest first. */
export function importRuns(state: StateReader): ImportRun[] {
	return [...state.all('importRun')].sort((one, other) => (one.madeAt < other.madeAt ? 1 : -1));
}

/** Until when an import can be undone. */
export function undoableUntil({ madeAt }: ImportRun): Instant {
	return new Date(Date.parse(madeAt) + importUndoHours * 3_600_000).toISOString();
}

export function canUndo(run: ImportRun, at: Instant): boolean {
	return run.undoneAt === null && at < undoableUntil(run);
}

/** The outcome of undoing an import, found out before it is done. */
export interface UndoPreview extends UndoOutcome {
	readonly batch: Id;
	/**
	 * The people and things that were changed or are used since, and stay as now: with why, where
	 * that is known.
	 */
	readonly overtaken: readonly string[];
}

/** null: the history of this import is not on this device. */
export async function previewUndo(session: Session, run: ImportRun): Promise<UndoPreview | null> {
	await session.loadHistory();
	const { state } = session;
	const batch = batchOf(state, run);
	if (batch === null) return null;
	const outcome = undoOutcome(state, batch, run.actorId);
	const overtaken = new Set(outcome.changes.flatMap(({ except }) => except));
	return { ...outcome, batch, overtaken: [...overtaken].map((id) => overtakenText(state, id)) };
}

/** Undoes an import as previewed, and says so in a toast. */
export async function undoImport(
	session: Session,
	run: ImportRun,
	preview: UndoPreview
): Promise<Result<void, CommitFailure>> {
	const { changes, overtaken } = preview;
	const done = await session.commit(changes.map((args) => command('change.undo@1', args)));
	if (!done.ok) return done;
	const text =
		overtaken.length > 0 ? m.import_undo_done_but() : m.import_undo_done({ file: run.fileName });
	showDone(session, [text, ...credentialTexts(preview)].join(' '), done.value.batch);
	return ok(undefined);
}

/** Somebody whom an import added or changed. */
export interface ImportedPerson {
	readonly id: Id;
	readonly subject: ImportSubject;
	readonly outcome: 'new' | 'changed' | 'left';
	readonly name: string;
	readonly number: string;
}

/**
 * Returns the people whom an import touched, by their names of now; null: its history is not on
 * this device.
 */
export async function importedPeople(
	session: Session,
	run: ImportRun
): Promise<readonly ImportedPerson[] | null> {
	await session.loadHistory();
	const { state } = session;
	const batch = batchOf(state, run);
	if (batch === null) return null;
	const bySubject = new Map<Id, History[]>();
	for (const entry of state.find('historyByBatch', batch)) {
		if (entry.actorId !== run.actorId) continue;
		const entries = bySubject.get(entry.subjectId);
		if (entries) entries.push(entry);
		else bySubject.set(entry.subjectId, [entry]);
	}
	return [...bySubject].flatMap(([id, entries]) => personOf(state, id, entries) ?? []);
}

function personOf(
	state: StateReader,
	id: Id,
	entries: readonly History[]
): ImportedPerson | undefined {
	const changes = entries.flatMap((entry) => entry.changes);
	const shown = changes.filter(({ kind }) => kind !== 'importBase');
	const person = state.get('pupil', id) ?? state.get('guardian', id) ?? state.get('staff', id);
	if (!person || shown.length === 0) return undefined;
	const { kind: subject } = person;
	const isNew = shown.some((change) => change.op === 'add' && change.kind === subject);
	const hasLeft = shown.some(
		(change) => change.op === 'edit' && change.fields['endReason']?.[1] === 'left'
	);
	const outcome = isNew ? 'new' : hasLeft ? 'left' : 'changed';
	return { id, subject, outcome, name: fullNameOf(person), number: numberOf(person) };
}

function numberOf(person: object): string {
	if ('pupilNumber' in person) return String(person.pupilNumber);
	return 'staffNumber' in person ? String(person.staffNumber) : '';
}

/** The batch that the run was written in: undo takes it as a whole. */
function batchOf(state: StateReader, run: ImportRun): Id | null {
	const started = state
		.find('historyBySubject', run.id)
		.find(({ mutation, undoes }) => mutation === 'import.start@1' && undoes === null);
	return started?.batch ?? null;
}

function overtakenText(state: StateReader, id: Id): string {
	const name = subjectName(state, id);
	switch (keptBecause(state, id)) {
		case 'signedIn':
			return m.import_undo_signed_in({ name });
		case 'guardianAccount':
			return m.import_undo_guardian({ name });
		case null:
			return name;
	}
}

function subjectName(state: StateReader, id: Id): string {
	const person = state.get('pupil', id) ?? state.get('guardian', id) ?? state.get('staff', id);
	if (!person) {
		const group = state.get('group', id);
		return group ? m.import_undo_group({ name: group.name }) : m.import_unknown_person();
	}
	return [fullNameOf(person), numberOf(person)].filter((part) => part !== '').join(' · ');
}
