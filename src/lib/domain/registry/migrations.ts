import { steps, type Migration, type StoredRecord } from '../kernel/migrations/steps.ts';
import { allKinds, declared } from './kinds.ts';
import type { AnyRecord } from './records.ts';

/** The schema of the records that the first server took; a server's are of it at least. */
const firstOfServers = 3;

/** Field → what a record holds that was made before it came. */
type Later = Readonly<Record<string, unknown>>;

/** The schema of today's records: the newest kind, field or step that there is. */
export const recordSchema = Math.max(
	firstOfServers,
	...Object.keys(steps).map(Number),
	...allKinds.flatMap((kind) => {
		const { since, fields } = declared(kind);
		return [since, ...Object.values(fields).map((field) => field.since?.schema ?? 1)];
	})
);

/**
 * The one chain of migrations: of device pages, of what a server stored or sends, and of what a history
 * keeps of what was removed. The first takes schema 1 to 2, and so on.
 */
export const migrations: readonly Migration[] = Array.from({ length: recordSchema - 1 }, (_, at) =>
	migrationTo(at + 2)
);

function migrationTo(schema: number): Migration {
	const step = steps[schema];
	const later = new Map<string, Later>(
		allKinds.map((kind) => [kind, laterFieldsOf(declared(kind).fields, schema)])
	);
	return withBefore((record) => {
		const stepped = step ? step(record) : record;
		const fields = later.get(stepped.kind) ?? {};
		const lacksNone = Object.keys(fields).every((field) => Object.hasOwn(stepped, field));
		return lacksNone ? stepped : { ...fields, ...stepped };
	});
}

function laterFieldsOf(fields: ReturnType<typeof declared>['fields'], schema: number): Later {
	const later = Object.entries(fields).flatMap(([name, { since, gone }]) =>
		since?.schema === schema && !gone ? [[name, since.held] as const] : []
	);
	return Object.fromEntries(later);
}

/** A record that a removal keeps comes back whole when it is undone. */
function withBefore(migration: Migration): Migration {
	return (record) => {
		if (record.kind !== 'history' || !Array.isArray(record['changes'])) return migration(record);
		const changes = (record['changes'] as { readonly before?: StoredRecord }[]).map((change) =>
			change.before ? { ...change, before: migration(change.before) } : change
		);
		return { ...migration(record), changes };
	};
}

const sinceServers = migrations.slice(firstOfServers - 1);

/** A record as a server of any version stored or sent it, as it is now. */
export function bringUp<R extends AnyRecord>(record: R): R {
	let now = record as unknown as StoredRecord;
	for (const migration of sinceServers) now = migration(now);
	return now as unknown as R;
}
