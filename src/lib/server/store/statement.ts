import type { Compilable, CompiledQuery, Kysely } from 'kysely';
import type { Id } from '#lib/domain/kernel/ids.ts';
import { OneSchool } from './one-school.ts';
import type { SchoolTables } from './tables.ts';

/**
 * A statement that is compiled once for all schools and all values: Kysely takes longer over one
 * than a database over running it.
 *
 *     const clientById = statement((db, { id }: { id: Id }) =>
 *         db.selectFrom('client').selectAll().where('id', '=', id));
 *     const rows = await tx.run(clientById, { id });
 *
 * `build` is not given the values, only where they go; so it must not look at them.
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

const schoolSlot = new Slot('school');

/** Ties a statement to whatever school it is run for. */
export const anySchool = new OneSchool(schoolSlot as unknown as Id);

/** A statement's text, and what goes where in it. */
export class CompiledStatement {
	readonly sql: string;
	/** Of each parameter: whether rows may differ in it. */
	readonly varies: readonly boolean[];
	readonly #parameters: readonly unknown[];

	constructor({ sql, parameters }: CompiledQuery) {
		this.sql = sql;
		this.#parameters = parameters;
		this.varies = parameters.map((each) => each instanceof Slot && each !== schoolSlot);
	}

	/** For one school and one set of values. */
	parameters(school: Id, values: object): unknown[] {
		const given = values as Readonly<Record<PropertyKey, unknown>>;
		return this.#parameters.map((each) => {
			if (!(each instanceof Slot)) return each;
			return each === schoolSlot ? school : given[each.name];
		});
	}
}

/** Compiles a statement on a Kysely that ties it to `anySchool`. */
export function compile<Values extends object, Row>(
	{ build }: Statement<Values, Row>,
	db: Kysely<SchoolTables>
): CompiledStatement {
	const slots = new Proxy({}, { get: (_, name) => new Slot(name) });
	return new CompiledStatement(build(db, slots as Values).compile());
}
