import {
	AliasNode,
	AndNode,
	BinaryOperationNode,
	ColumnNode,
	IdentifierNode,
	OnNode,
	OperationNodeTransformer,
	OperatorNode,
	ParensNode,
	PrimitiveValueListNode,
	ReferenceNode,
	TableNode,
	ValueListNode,
	ValueNode,
	ValuesNode,
	WhereNode,
	type DeleteQueryNode,
	type InsertQueryNode,
	type JoinNode,
	type OperationNode,
	type RawNode,
	type SelectQueryNode,
	type UpdateQueryNode
} from 'kysely';
import type { Id } from '#lib/domain/kernel/ids.ts';
import type { SchoolTables } from './tables.ts';

/** The column that says whose a row is; every key of these tables begins with it. */
const schoolColumns: Readonly<Record<keyof SchoolTables, string>> = {
	record: 'school',
	change: 'school',
	client: 'school',
	outcome: 'school',
	counter: 'school',
	secret: 'school',
	credential: 'school',
	session: 'school',
	attempt: 'school',
	reset: 'school',
	escrow: 'school',
	audit: 'school',
	audit_payload: 'school',
	quota: 'school',
	refused: 'school',
	schools: 'id',
	due: 'school'
};

/**
 * Ties statements to one school: adds its column to every row that is inserted and to the condition
 * on every table that is read, changed or deleted from, in subqueries too. It throws at any that it
 * cannot tie, so that no statement reaches a second school.
 */
export class OneSchool extends OperationNodeTransformer {
	readonly #school: Id;
	/** A query that is built apart is tied on its own before it comes by as a part of another. */
	readonly #tied = new WeakSet<OperationNode>();

	constructor(school: Id) {
		super();
		this.#school = school;
	}

	protected override transformNodeImpl<T extends OperationNode>(node: T): T {
		if (this.#tied.has(node)) return node;
		if ('with' in node && node.with) throw new Error('No common table expressions here');
		if (refused.has(node.kind)) throw new Error(`No ${node.kind} here`);
		const transformed = super.transformNodeImpl(node);
		if (node.kind === 'SelectQueryNode') this.#tied.add(transformed);
		return transformed;
	}

	protected override transformSelectQuery(node: SelectQueryNode): SelectQueryNode {
		const select = super.transformSelectQuery(node);
		return { ...select, where: this.#where(select.where, select.from?.froms ?? []) };
	}

	protected override transformUpdateQuery(node: UpdateQueryNode): UpdateQueryNode {
		const update = super.transformUpdateQuery(node);
		if (!update.table || update.from || update.joins) throw new Error('Update one table at a time');
		const key = schoolColumnOf(update.table)?.column;
		if (update.updates?.some(({ column }) => key !== undefined && nameIn(column) === key)) {
			throw new Error('A row stays with its school');
		}
		return { ...update, where: this.#where(update.where, [update.table]) };
	}

	protected override transformDeleteQuery(node: DeleteQueryNode): DeleteQueryNode {
		const deletion = super.transformDeleteQuery(node);
		if (deletion.using || deletion.joins) throw new Error('Delete from one table at a time');
		return { ...deletion, where: this.#where(deletion.where, deletion.from.froms) };
	}

	protected override transformInsertQuery(node: InsertQueryNode): InsertQueryNode {
		const insert = super.transformInsertQuery(node);
		const { into, columns, values, onConflict } = insert;
		if (!into || !columns || !values || !ValuesNode.is(values) || insert.replace) {
			throw new Error('Insert rows of values');
		}
		const key = schoolColumnOf(into)?.column;
		if (key === undefined) throw new Error('Insert into a table');
		if (columns.some((column) => column.column.name === key)) {
			throw new Error('A row gets its school here');
		}
		return {
			...insert,
			columns: [ColumnNode.create(key), ...columns],
			values: ValuesNode.create(values.values.map((row) => this.#ownRow(row))),
			...(onConflict?.columns && {
				onConflict: { ...onConflict, columns: [ColumnNode.create(key), ...onConflict.columns] }
			})
		};
	}

	/** In a join's own condition: a left join must not become an inner one. */
	protected override transformJoin(node: JoinNode): JoinNode {
		const join = super.transformJoin(node);
		const own = this.#isOwn(join.table);
		if (!own) return join;
		if (!join.on) throw new Error('Join on a condition');
		return { ...join, on: OnNode.create(AndNode.create(own, ParensNode.create(join.on.on))) };
	}

	/** By its type no table has this column; and what is added here is added after this. */
	protected override transformColumn(node: ColumnNode): ColumnNode {
		if (node.column.name === 'school') throw new Error('The school is named here, and only here');
		return super.transformColumn(node);
	}

	protected override transformRaw(node: RawNode): RawNode {
		const keyword = /\b(?:select|from|join|table|insert|update|delete|into|with)\b|;/i;
		const found = node.sqlFragments.find((fragment) => keyword.test(fragment));
		if (found !== undefined) throw new Error(`No statement as plain text here: ${found}`);
		return super.transformRaw(node);
	}

	#where(where: WhereNode | undefined, tables: readonly OperationNode[]): WhereNode | undefined {
		const own = tables.map((table) => this.#isOwn(table)).filter((found) => found !== null);
		const all = [...own, ...(where ? [ParensNode.create(where.where)] : [])];
		const [first, ...rest] = all;
		if (!first) return undefined;
		return WhereNode.create(rest.reduce((left, right) => AndNode.create(left, right), first));
	}

	#isOwn(table: OperationNode): OperationNode | null {
		const found = schoolColumnOf(table);
		if (!found) return null;
		return BinaryOperationNode.create(
			ReferenceNode.create(ColumnNode.create(found.column), TableNode.create(found.name)),
			OperatorNode.create('='),
			ValueNode.create(this.#school)
		);
	}

	#ownRow(row: PrimitiveValueListNode | ValueListNode): PrimitiveValueListNode | ValueListNode {
		return PrimitiveValueListNode.is(row)
			? PrimitiveValueListNode.create([this.#school, ...row.values])
			: ValueListNode.create([ValueNode.create(this.#school), ...row.values]);
	}
}

const refused: ReadonlySet<string> = new Set(['MergeQueryNode', 'UsingNode', 'OnDuplicateKeyNode']);

/** The name by which a statement calls a table, and its school's column; null for a subquery. */
function schoolColumnOf(node: OperationNode): { name: string; column: string } | null {
	if (AliasNode.is(node)) {
		const found = schoolColumnOf(node.node);
		if (!found) return null;
		if (!IdentifierNode.is(node.alias)) throw new Error('Name a table plainly');
		return { ...found, name: node.alias.name };
	}
	if (TableNode.is(node)) {
		const { identifier, schema } = node.table;
		const { name } = identifier;
		if (schema || !Object.hasOwn(schoolColumns, name)) throw new Error(`No table ${name} here`);
		return { name, column: schoolColumns[name as keyof SchoolTables] };
	}
	// Its own tables were tied when it was transformed itself.
	if (node.kind === 'SelectQueryNode') return null;
	throw new Error(`No ${node.kind} to read from here`);
}

function nameIn(column: OperationNode): string | undefined {
	const node = ReferenceNode.is(column) ? column.column : column;
	return ColumnNode.is(node) ? node.column.name : undefined;
}
