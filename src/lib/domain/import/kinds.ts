import { choice, count, maybe, moment, named, stamp, text, texts, truth } from '../kernel/field.ts';
import { kind, type Declared } from '../kernel/kind.ts';

export const imports = {
	/** One import, for its report and for undoing it. */
	importRun: kind({
		fields: {
			madeAt: stamp(),
			actorId: named('account'),
			fileName: text(),
			format: text(),
			whole: truth(),
			added: count(),
			changed: count(),
			left: count(),
			skipped: count(),
			undoneAt: maybe(moment())
		},
		since: 3,
		keep: 'core',
		scopes: ['school/administration'],
		seenBy: ['administration'],
		historyScopes: ['school/administration'],
		history: 'shown',
		subject: 'id',
		partOf: [],
		idSpace: null,
		indexes: {},
		madeAgainAt: null,
		// It keeps its report.
		withdrawal: { while: ['undoneAt', null], becomes: null, dated: null },
		imported: false,
		retention: 'school',
		exported: false,
		removal: 'keep'
	}),

	/**
	 * The values that the last import gave of a person, so that a field changed here since is in
	 * doubt.
	 */
	importBase: kind({
		fields: {
			subject: choice(['pupil', 'guardian', 'staff']),
			/** The person's key in the file: stamnummer, sourcedId, EDEXML key. */
			sourceKey: text(),
			values: texts()
		},
		since: 3,
		keep: 'core',
		scopes: ['school/administration'],
		seenBy: ['administration'],
		historyScopes: ['school/administration'],
		history: 'kept',
		subject: 'id',
		partOf: [],
		idSpace: null,
		indexes: { importBaseBySource: { by: ['subject', 'sourceKey'] } },
		madeAgainAt: null,
		withdrawal: null,
		imported: true,
		retention: 'person',
		exported: false,
		removal: 'erase'
	})
} as const;

export type ImportRun = Declared<'importRun', typeof imports.importRun>;
export type ImportBase = Declared<'importBase', typeof imports.importBase>;
