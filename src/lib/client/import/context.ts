import { getDesk } from '../session/context.ts';
import { DeskKey } from '../session/desk-state.ts';
import { ImportFlow } from './flow.svelte.ts';
import { WorkerImportReader } from './reader.ts';
import { startImportWorker } from './start-worker.ts';

const importFlow = new DeskKey((session) => {
	const reader = new WorkerImportReader(startImportWorker);
	const flow = new ImportFlow(session, reader, session.vault.drafts);
	void flow.open();
	return flow;
});

/** Returns the import under way, which the desk keeps. Throws outside the desk. */
export function getImport(): ImportFlow {
	return getDesk().keep(importFlow);
}
