import type { DatabaseConnection, Dialect } from 'kysely';
import type { MigrationWords } from './migrate.ts';
import type { CompiledStatement } from './statement.ts';

/** The differences between the databases that a store can stand on. */
export interface Engine {
	readonly dialect: Dialect;
	/** How a transaction that writes begins, and one that reads a snapshot. */
	readonly begin: { readonly write: string; readonly read: string };
	readonly words: MigrationWords;
	/** Whether writers of one school wait for each other at its counter's row. */
	readonly locksRows: boolean;
	/** Inserts rows by a statement that inserts one; `rows` are its parameters. */
	insertEach(
		connection: DatabaseConnection,
		statement: CompiledStatement,
		rows: readonly (readonly unknown[])[]
	): Promise<void>;
	/** Called after each commit of what writes. */
	afterCommit?(): void;
	/** Nothing was written, and the same work may succeed when it is run again. */
	mayRetry(error: unknown): boolean;
	/** The connection went away; had it been committing, nobody knows the outcome. */
	isLost(error: unknown): boolean;
}
