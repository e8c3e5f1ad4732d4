import { DeskKey } from '../session/desk-state.ts';
import { ImportFlow } from './flow.svelte.ts';
import { WorkerImportReader } from './reader.ts';
import { startImportWorker } from './start-worker.ts';

/** The import under way, which the desk keeps. */
export const importFlow = new DeskKey((session) => {
	const reader = new WorkerImportReader(startImportWorker);
	const flow = new ImportFlow(session, reader, session.vault.drafts);
	void flow.open();
	return flow;
});
