import type { Kind, Records } from '../records.ts';

interface IndexDefinition<K extends Kind> {
	readonly kind: K;
	/** The key that a record is found by; null leaves it out. */
	readonly keyOf: (record: Records[K]) => string | null;
}

function index<K extends Kind>(
	kind: K,
	keyOf: (record: Records[K]) => string | null
): IndexDefinition<K> {
	return { kind, keyOf };
}

/** The ways in which rules look records up, beside their id. */
export const indexes = {
	groupByName: index('group', (group) => group.name.toLowerCase()),
	pupilByNumber: index('pupil', (pupil) => pupil.pupilNumber),
	pupilByGroup: index('pupil', (pupil) => pupil.groupId),
	enrolmentByPupil: index('enrolment', (enrolment) => enrolment.pupilId),
	guardianshipByPupil: index('guardianship', (link) => link.pupilId),
	guardianshipByGuardian: index('guardianship', (link) => link.guardianId),
	accountByUserName: index('account', (account) => account.userName),
	accountByEmail: index('account', (account) => account.email?.toLowerCase() ?? null),
	accountByGuardian: index('account', (account) => account.guardianId),
	leerIdByPupil: index('leerId', (leerId) => leerId.pupilId),
	leerIdByUserName: index('leerId', (leerId) => leerId.userName),
	leerIdByEmail: index('leerId', (leerId) => leerId.email?.toLowerCase() ?? null),
	cardByPupil: index('credentialCard', (card) => card.pupilId),
	cardByPrintRun: index('credentialCard', (card) => card.printRunId),
	importBaseBySource: index('importBase', (base) => `${base.subject}:${base.sourceKey}`),
	historyByUid: index('history', (entry) => entry.uid),
	historyByBatch: index('history', (entry) => entry.batch),
	historyBySubject: index('history', (entry) => entry.subjectId)
} as const;

export type IndexName = keyof typeof indexes;
export type IndexedRecord<Name extends IndexName> = Records[(typeof indexes)[Name]['kind']];

/** The names of the indexes over each kind. */
export const indexNamesByKind: ReadonlyMap<Kind, readonly IndexName[]> = (() => {
	const byKind = new Map<Kind, IndexName[]>();
	for (const [name, { kind }] of Object.entries(indexes) as [IndexName, { kind: Kind }][]) {
		byKind.set(kind, [...(byKind.get(kind) ?? []), name]);
	}
	return byKind;
})();

export function indexKeyOf(name: IndexName, record: Records[Kind]): string | null {
	const keyOf = indexes[name].keyOf as (record: Records[Kind]) => string | null;
	return keyOf(record);
}
