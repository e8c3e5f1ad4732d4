import { newId } from '#lib/crypto/random.ts';
import { mutationsOf } from '#lib/domain/import/import-commands.ts';
import type { ImportPlan } from '#lib/domain/import/plan.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import { ok, refuse, type Result } from '#lib/domain/kernel/result.ts';
import type { LeftOut } from '#lib/exchange/table/table.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import type { CommitFailure } from '#lib/vault/replica/replica.ts';
import { now } from '../browser/clock.ts';
import { headingsKey, TableColumns } from './columns.svelte.ts';
import {
	ImportDraft,
	type DraftedDecisions,
	type DraftedPeople,
	type RememberedMappings
} from './draft.ts';
import type { DraftStore } from '../form/draft.svelte.ts';
import { turn } from './planner.ts';
import { ImportPlanning } from './planning.svelte.ts';
import type { ImportReader, ReaderFailure } from './reader.ts';
import type { ImportReport } from './report.ts';
import { command, type Session } from '../session/session.svelte.ts';

export interface ImportTask {
	readonly doing: 'reading' | 'comparing' | 'saving';
	/** Rows done, and in all; absent while that is not known. */
	readonly progress?: { readonly done: number; readonly total: number };
}

/** Where somebody goes on: the columns are to be looked at, or the plan. */
export type ImportStage = 'columns' | 'check';

/** The part of the open school that an import needs. */
export type ImportSession = Pick<Session, 'state' | 'version' | 'today' | 'actor' | 'commit'>;

/** Long enough for the browser to draw what is being done, before the page is busy doing it. */
const drawMs = 30;

/**
 * One import from the files that were chosen to *Importeren*. Nothing of the school changes before
 * `save`; what is under way is kept as a draft.
 */
export class ImportFlow {
	readonly #session: ImportSession;
	readonly #reader: ImportReader;
	readonly #draft: ImportDraft;
	#remembered: RememberedMappings = new Map();
	#abort: AbortController | null = null;
	#opened = $state(false);
	#task = $state.raw<ImportTask | null>(null);
	#problem = $state.raw<ReaderFailure | null>(null);
	#fileNames = $state.raw<readonly string[]>([]);
	#tables = $state.raw<readonly TableColumns[]>([]);
	#leftOut = $state.raw<readonly LeftOut[]>([]);
	#planning = $state.raw<ImportPlanning | null>(null);
	#report = $state.raw<ImportReport | null>(null);

	constructor(session: ImportSession, reader: ImportReader, drafts: DraftStore) {
		this.#session = session;
		this.#reader = reader;
		this.#draft = new ImportDraft(drafts);
	}

	/** It is known whether an import was under way before a lock or reload. */
	get opened(): boolean {
		return this.#opened;
	}

	/** The task that runs now; null: it is the person's turn. */
	get task(): ImportTask | null {
		return this.#task;
	}

	/** Why the files could not be read. */
	get problem(): ReaderFailure | null {
		return this.#problem;
	}

	/** The name of the files together. */
	get fileName(): string {
		const [first = '', ...more] = this.#fileNames;
		if (more.length < 2) return this.#fileNames.join(', ');
		return m.import_files({ first, number: more.length });
	}

	/** Empty where the file says itself what everything means, and after a lock or reload. */
	get tables(): readonly TableColumns[] {
		return this.#tables;
	}

	/** Rows that the reading left out. */
	get leftOut(): readonly LeftOut[] {
		return this.#leftOut;
	}

	/** The plan for the people in the files; null: it is not known yet. */
	get planning(): ImportPlanning | null {
		return this.#planning?.plan ? this.#planning : null;
	}

	/** The report of what the last import did not take over, until the next one. */
	get report(): ImportReport | null {
		return this.#report;
	}

	/** There is something that would be lost. */
	get begun(): boolean {
		return this.planning !== null || this.#tables.length > 0;
	}

	/** Every table that is imported has what it needs, and there is one. */
	get columnsReady(): boolean {
		return (
			this.#tables.some(({ mapping }) => mapping !== null) &&
			this.#tables.every(({ problems }) => problems.length === 0)
		);
	}

	/** Goes on where a lock or a reload interrupted. */
	async open(): Promise<void> {
		this.#remembered = await this.#draft.mappings();
		const kept = await this.#draft.people();
		if (kept && !this.begun && this.#task === null) {
			this.#fileNames = kept.fileNames;
			await this.#work('comparing', (signal) => this.#comparePeople(kept, kept, signal));
		}
		this.#opened = true;
	}

	/** Reads files; returns where to go on, or null where that failed or was cancelled. */
	async choose(files: readonly File[]): Promise<ImportStage | null> {
		this.discard();
		return this.#work('reading', async (signal) => {
			const read = await this.#reader.read(files, signal);
			if (!read.ok) return this.#failed(read.refusal);
			this.#fileNames = files.map(({ name }) => name);
			if (read.value.kind === 'roster') return this.#compareFiles(read.value.leftOut, signal);
			this.#tables = read.value.tables.map(
				(table) => new TableColumns(table, this.#remembered.get(headingsKey(table)))
			);
			const settled = this.columnsReady && this.#tables.every((table) => table.settled);
			return settled ? this.#compareTables(signal) : 'columns';
		});
	}

	/** Takes the columns as they are now said to be, and compares their people with the school. */
	async compare(): Promise<ImportStage | null> {
		if (!this.columnsReady) return null;
		for (const table of this.#tables) table.confirm();
		this.rememberColumns();
		return this.#work('comparing', (signal) => this.#compareTables(signal));
	}

	/** Keeps what the columns are said to mean, for the next file with the same headings. */
	rememberColumns(): void {
		for (const { remembered } of this.#tables) this.#remembered.set(...remembered);
		this.#draft.keepMappings(this.#remembered);
	}

	/** *Annuleren*. */
	cancel(): void {
		this.#abort?.abort();
	}

	/** Lets go of the files and of all that was decided, for good. */
	discard(): void {
		this.#letGo();
		this.#draft.clear();
	}

	/** *Importeren*: all of it, or the reason why nothing was. Open doubts are skipped. */
	async save(): Promise<Result<Id, CommitFailure>> {
		const planning = this.planning;
		if (this.#task || !planning) return refuse({ code: 'notAllowed', index: 0 });
		const saved = await this.#work('saving', async (signal) => {
			await turn(drawMs);
			// The school may have changed since: what is written is planned on it as it is now.
			const plan = await planning.make(signal);
			return plan && this.#commit(plan);
		});
		return saved ?? refuse({ code: 'notAllowed', index: 0 });
	}

	/** Lets go of everything here; the draft stays, to go on with. */
	dispose(): void {
		this.#draft.dispose();
		this.#letGo();
		this.#report = null;
	}

	async #commit(plan: ImportPlan): Promise<Result<Id, CommitFailure>> {
		const { actor } = this.#session;
		if (!actor) return refuse({ code: 'notAllowed', index: 0 });
		const importRunId = newId();
		const { fileName } = this;
		const made = { importRunId, actorId: actor.id, madeAt: now(), fileName };
		const commands = mutationsOf(plan, made).map(({ name, args }) => command(name, args));
		const result = await this.#session.commit(commands);
		if (!result.ok) return result;
		const skipped = plan.people.filter(({ outcome }) => /doubt|skipped/.test(outcome));
		const { batch } = result.value;
		this.#report = { runId: importRunId, batch, skipped, leftOut: this.#leftOut };
		this.#draft.clear();
		return ok(importRunId);
	}

	async #compareTables(signal: AbortSignal): Promise<ImportStage | null> {
		const leftOut = this.#tables.flatMap(({ mapping, table }) => (mapping ? table.leftOut : []));
		return this.#compareFiles(leftOut, signal);
	}

	async #compareFiles(
		leftOut: readonly LeftOut[],
		signal: AbortSignal
	): Promise<ImportStage | null> {
		this.#task = { doing: 'comparing' };
		const mappings = this.#tables.map(({ mapping }) => mapping);
		const roster = await this.#reader.roster(mappings, signal);
		if (!roster.ok) return this.#failed(roster.refusal);
		return this.#comparePeople({ roster: roster.value, leftOut }, null, signal);
	}

	/** @param said What was decided of these people before a lock. */
	async #comparePeople(
		{ roster, leftOut }: Omit<DraftedPeople, 'fileNames'>,
		said: DraftedDecisions | null,
		signal: AbortSignal
	): Promise<ImportStage | null> {
		this.#task = { doing: 'comparing' };
		this.#planning?.stop();
		const { whole, decisions } = said ?? { whole: false, decisions: {} };
		const onDecided = (): void =>
			this.#draft.keepDecisions({
				whole: () => planning.whole,
				decisions: () => planning.decisions
			});
		const planning = new ImportPlanning(this.#session, roster, { whole, decisions, onDecided });
		const total = roster.pupils.length + roster.guardians.length + roster.staff.length;
		const plan = await planning.make(signal, (done) => {
			this.#task = { doing: 'comparing', progress: { done, total } };
		});
		if (!plan) return null;
		this.#leftOut = leftOut;
		this.#planning = planning;
		if (!said) this.#draft.keepPeople({ fileNames: this.#fileNames, leftOut, roster });
		return 'check';
	}

	#failed(failure: ReaderFailure): null {
		if (failure.code !== 'cancelled') this.#problem = failure;
		return null;
	}

	#letGo(): void {
		this.cancel();
		this.#planning?.stop();
		this.#reader.dispose();
		this.#problem = null;
		this.#fileNames = [];
		this.#tables = [];
		this.#leftOut = [];
		this.#planning = null;
	}

	async #work<T>(
		doing: ImportTask['doing'],
		work: (signal: AbortSignal) => Promise<T>
	): Promise<T | null> {
		this.#abort?.abort();
		const abort = (this.#abort = new AbortController());
		this.#task = { doing };
		this.#problem = null;
		try {
			const result = await work(abort.signal);
			return abort.signal.aborted ? null : result;
		} finally {
			if (this.#abort === abort) {
				this.#abort = null;
				this.#task = null;
			}
		}
	}
}
