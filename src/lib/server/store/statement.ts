import type { Compilable, CompiledQuery, Kysely } from 'kysely';
import type { Id } from '#lib/domain/records.ts';
import type { SchoolTables } from './tables.ts';

/**
 * A statement that is compiled once for all schools and all values: Kysely takes longer over one
 * than SQLite does over running it.
 *
 *     const byId = statement((db, { id }: { id: Id }) =>
 *         db.selectFrom('client').selectAll().where('id', '=', id));
 *     const rows = await tx.run(byId, { id });
 *
 * `build` is called without the values, so it must not look at them.
 */
export interface Statement<Values extends object, Row> {
	readonly build: (db: Kysely<SchoolTables>, values: Values) => Compilable<Row>;
}

export function statement<Values extends object, Row = never>(
	build: Statement<Values, Row>['build']
): Statement<Values, Row> {
	return { build };
}

/** Where a value goes. */
class Slot {
	readonly name: PropertyKey;

	constructor(name: PropertyKey) {
		this.name = name;
	}
}

/** Where the school goes, as the transformer that ties a statement to it is told. */
export const schoolSlot = new Slot('school') as unknown as Id;

/** A statement's text, and what goes where in it. */
export class CompiledStatement {
	readonly sql: string;
	/** Of each parameter: whether another row has another value there. */
	readonly varies: readonly boolean[];
	readonly #parameters: readonly unknown[];

	constructor({ sql, parameters }: CompiledQuery) {
		this.sql = sql;
		this.#parameters = parameters;
		this.varies = parameters.map((each) => each instanceof Slot && each !== schoolOf(schoolSlot));
	}

	parameters(school: Id, values: object): unknown[] {
		const given = values as Readonly<Record<PropertyKey, unknown>>;
		return this.#parameters.map((each) => {
			if (!(each instanceof Slot)) return each;
			return each === schoolOf(schoolSlot) ? school : given[each.name];
		});
	}
}

/** Compiles a statement on a Kysely that ties it to `schoolSlot`. */
export function compile<Values extends object, Row>(
	{ build }: Statement<Values, Row>,
	db: Kysely<SchoolTables>
): CompiledStatement {
	const slots = new Proxy({}, { get: (_, name) => new Slot(name) });
	return new CompiledStatement(build(db, slots as Values).compile());
}

function schoolOf(slot: Id): Slot {
	return slot as unknown as Slot;
}
