import type { Mutator } from '../registry/mutator.ts';
import type { Id } from '../kernel/ids.ts';
import { administrationWith } from '../kernel/role-rules.ts';

/** The first mutation of a batch that issues passwords. */
export interface StartPrint {
	readonly printRunId: Id;
	readonly title: string;
	readonly cardCount: number;
}

/** The zip was handed to the browser. */
export interface SavedPrint {
	readonly printRunId: Id;
}

const start: Mutator<StartPrint> = {
	may: administrationWith('leerId', 'cards'),
	run(draft, { printRunId: id, title, cardCount }, { actor, madeAt }) {
		if (draft.get('printRun', id)) return { code: 'alreadyExists', kind: 'printRun', id };
		if (!Number.isSafeInteger(cardCount) || cardCount < 1) {
			return { code: 'invalidValue', field: 'cardCount' };
		}
		const actorId = actor.id;
		draft.put({ kind: 'printRun', id, madeAt, actorId, title, cardCount, savedAt: null });
		return null;
	}
};

const saved: Mutator<SavedPrint> = {
	may: administrationWith('leerId', 'cards'),
	run(draft, { printRunId: id }, { madeAt }) {
		const printRun = draft.get('printRun', id);
		if (!printRun) return { code: 'notFound', kind: 'printRun', id };
		// Printed again: the first time still says when the passwords were seen.
		if (printRun.savedAt === null) draft.put({ ...printRun, savedAt: madeAt });
		return null;
	}
};

export const printMutators = { 'print.start@1': start, 'print.saved@1': saved };
