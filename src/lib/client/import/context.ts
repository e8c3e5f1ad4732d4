import { createContext } from 'svelte';
import type { DeskState } from '../session/desk-state.svelte.ts';
import { ImportFlow } from './flow.svelte.ts';
import { WorkerImportReader } from './reader.ts';
import type { Session } from '../session/session.svelte.ts';
import { startImportWorker } from '../print/start-worker.ts';

const [getFlow, setFlow] = createContext<ImportFlow>();

/** The import under way. Throws outside the pages of the import. */
export const getImport = getFlow;

/** Goes on with the import that the desk holds, or starts one. */
export function setImport(desk: DeskState, session: Session): ImportFlow {
	if (!desk.imports) {
		const reader = new WorkerImportReader(startImportWorker);
		desk.imports = new ImportFlow(session, reader, session.vault.drafts);
		void desk.imports.open();
	}
	return setFlow(desk.imports);
}
