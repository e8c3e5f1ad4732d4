import { changes, id, maybe, stamp, text } from '../kernel/field.ts';
import { kind } from '../kernel/kind.ts';

export const histories = {
	/**
	 * A change: by whom, when, and of what from what to what. One per mutation and set of scopes; undo
	 * reads it.
	 */
	history: kind({
		fields: {
			/** The mutation's. */
			uid: id(),
			batch: maybe(id()),
			mutation: text(),
			actorId: id(),
			madeAt: stamp(),
			/** The uid that this mutation undid. */
			undoes: maybe(id()),
			/** The person or thing whose history page shows this: a pupil's id for all of a pupil's records. */
			subjectId: id(),
			changes: changes()
		},
		since: 3,
		keep: 'period',
		// Those of what changed, which is divided by scopes (registry/scopes.ts).
		scopes: [],
		seenBy: [],
		historyScopes: ['school/administration'],
		history: 'none',
		subject: 'id',
		partOf: [],
		idSpace: null,
		indexes: {
			historyByUid: { by: 'uid' },
			historyByBatch: { by: 'batch' },
			historyBySubject: { by: 'subjectId' }
		},
		madeAgainAt: null,
		withdrawal: null,
		imported: false,
		retention: 'person',
		exported: true,
		removal: 'erase'
	})
} as const;
