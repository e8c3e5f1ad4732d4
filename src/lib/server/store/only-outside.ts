import { OperationNodeTransformer, type RawNode, type ReferenceNode, type TableNode } from 'kysely';

const outside: ReadonlySet<string> = new Set(['schools', 'due']);

/** Keeps statements to what stands outside schools. */
export class OnlyOutside extends OperationNodeTransformer {
	protected override transformTable(node: TableNode): TableNode {
		const { name } = node.table.identifier;
		if (!outside.has(name)) throw new Error(`${name} is a school's own`);
		return node;
	}

	/** Names a table by its alias, and a table by its name is in the statement itself too. */
	protected override transformReference(node: ReferenceNode): ReferenceNode {
		return node;
	}

	protected override transformRaw(node: RawNode): RawNode {
		throw new Error(`No plain text here: ${node.sqlFragments.join('…')}`);
	}
}
