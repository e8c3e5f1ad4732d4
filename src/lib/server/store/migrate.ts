import { CompiledQuery, type DatabaseConnection } from 'kysely';
import { migrations } from './migrations/all.ts';

/** The words of a dialect for the same things; `lock` keeps other processes from migrating too. */
export interface MigrationWords {
	readonly text: string;
	readonly integer: string;
	readonly table: string;
	readonly clustered: string;
	readonly begin: string;
	readonly lock: string | null;
	/** A text field of a column that holds JSON. */
	readonly textOf: (column: string, field: string) => string;
}

export const sqliteWords: MigrationWords = {
	text: 'text',
	integer: 'integer',
	table: 'strict',
	clustered: 'strict, without rowid',
	begin: 'begin immediate',
	lock: null,
	textOf: (column, field) => `json_extract(${column}, '$.${field}')`
};

/**
 * Brings the tables up to this version, in one transaction. Tables of a newer version are left
 * alone: it only added to them.
 */
export async function migrate(
	connection: DatabaseConnection,
	words: MigrationWords
): Promise<void> {
	const run = (text: string) => connection.executeQuery(CompiledQuery.raw(text));
	await run(words.begin);
	try {
		if (words.lock) await run(words.lock);
		const { text, integer } = words;
		const columns = `number ${integer} primary key, run_at ${text} not null`;
		await run(`create table if not exists migration (${columns})`);
		const { rows } = await run('select max(number) as last from migration');
		const done = (rows[0] as { last: number | null } | undefined)?.last ?? 0;
		for (const [index, statements] of migrations.entries()) {
			if (index < done) continue;
			for (const statement of statements(words)) await run(statement);
			const at = new Date().toISOString();
			await run(`insert into migration (number, run_at) values (${index + 1}, '${at}')`);
		}
		await run('commit');
	} catch (error) {
		await run('rollback').catch(() => undefined);
		throw error;
	}
}
