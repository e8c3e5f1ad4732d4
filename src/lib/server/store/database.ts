import type { Kysely } from 'kysely';
import type { Id } from '#lib/domain/kernel/ids.ts';
import type { Statement } from './statement.ts';
import type { CounterTable, OutsideTables, SchoolTables } from './tables.ts';

/** A school's counter as it stood when the transaction began. */
export type Counter = Readonly<CounterTable>;

/** A transaction on one school. Not to be kept beyond its work. */
export interface SchoolTx {
	readonly school: Id;
	/** `school = …` is added to every statement; one that names a school itself throws. */
	readonly db: Kysely<SchoolTables>;
	readonly counter: Counter;
	/** Runs a statement that is compiled once, whatever the school and the values. */
	readonly run: <Values extends object, Row>(
		statement: Statement<Values, Row>,
		values: Values
	) => Promise<Row[]>;
	/** Inserts rows by a statement that inserts one. */
	readonly insertEach: <Row extends object>(
		statement: Statement<Row, unknown>,
		rows: readonly Row[]
	) => Promise<void>;
	/**
	 * Takes back what `work` wrote when it throws, and throws that on: one bad mutation among good
	 * ones. A failure of the transaction as a whole still ends it, though it be caught.
	 */
	readonly savepoint: <T>(work: () => Promise<T>) => Promise<T>;
}

/** A transaction on what stands outside schools. */
export interface OutsideTx {
	readonly db: Kysely<OutsideTables>;
}

/**
 * Where the server keeps everything. All or nothing: work that throws, or in which a statement
 * failed outside a savepoint, writes nothing. Work may run more than once (a serialization failure,
 * a connection lost before the end), so what it changes outside the transaction it changes after.
 */
export interface Database {
	/**
	 * Writes to one school, one transaction after the other. The first makes its counter.
	 *
	 * @throws UnknownSchool when it is not in `schools`
	 * @throws OutcomeUnknown when the connection was lost while committing
	 */
	write<T>(school: Id, work: (tx: SchoolTx) => Promise<T>): Promise<T>;
	/**
	 * Reads one school in one snapshot.
	 *
	 * @throws UnknownSchool when nothing was ever written to it
	 */
	read<T>(school: Id, work: (tx: SchoolTx) => Promise<T>): Promise<T>;
	/** @throws OutcomeUnknown as `write` does */
	writeOutside<T>(work: (tx: OutsideTx) => Promise<T>): Promise<T>;
	readOutside<T>(work: (tx: OutsideTx) => Promise<T>): Promise<T>;
	/** A school's counter alone, in one statement: for a stream that waits for changes. */
	counter(school: Id): Promise<Counter | null>;
}

/** An open database. */
export interface Store extends Database {
	/** Waits for what runs. */
	close(): Promise<void>;
}

/**
 * The transaction may have been committed or not; a process that holds a school in memory reloads
 * it.
 */
export class OutcomeUnknown extends Error {
	override readonly name = 'OutcomeUnknown';
}

/** There is no such school, or nothing was ever written to it. */
export class UnknownSchool extends Error {
	override readonly name = 'UnknownSchool';
}
