import type { Bytes } from '#lib/crypto/bytes.ts';
import { newId } from '#lib/crypto/random.ts';
import type { AnyRecord } from '#lib/domain/registry/records.ts';
import type { Change } from '#lib/domain/registry/state.ts';
import { Breather } from '../disk/breather.ts';
import type { VaultDatabase, HeadRow, OutboxRow, PageRow } from '../disk/database.ts';
import { packEntries, packRow, unpackEntries, type Entry } from './entry.ts';
import { VaultError } from '../disk/failure.ts';
import { newHead, packHead, unpackHead, type Head, type Membership } from './head.ts';
import { schemaAfter } from '#lib/domain/kernel/migrations/migrate.ts';
import type { Migration } from '#lib/domain/kernel/migrations/steps.ts';
import {
	firstColdPage,
	firstRecentPage,
	packChange,
	packPage,
	unpackChange,
	unpackPage
} from './pages.ts';
import type { Sealer } from './sealer.ts';

export interface Row {
	readonly seq: number;
	readonly entries: readonly Entry[];
}

/** A head and the generation that it stood for when it was read. */
export interface ReadHead {
	readonly generation: string;
	readonly head: Head;
}

export interface Snapshot extends ReadHead {
	readonly records: readonly AnyRecord[];
	/** The changes that were pulled since, history too; oldest first. */
	readonly recent: readonly Change[];
	readonly rows: readonly Row[];
}

/** The parts that one transaction replaces. One that is left out stays. */
export interface Rewrite {
	/** The generation it was computed on; another by now makes it stale. */
	readonly on: string;
	readonly head: Head;
	readonly pages: ReadonlyMap<number, string>;
	readonly dropPages?: readonly number[];
	/** Outbox rows up to and with this number go. */
	readonly dropRowsThrough?: number;
	/** Outbox rows whose entries are these now; none drops the row. */
	readonly rows?: readonly Row[];
	/** Added behind all outbox rows. Stale when another tab has added some after `after`. */
	readonly added?: { readonly after: number; readonly entries: readonly Entry[] };
}

export interface PreparedAppend {
	/** The outbox row of each entry. */
	readonly numbers: readonly number[];
	/** Returns false when another tab wrote meanwhile. */
	readonly write: () => Promise<boolean>;
}

export interface PreparedRewrite {
	/** The outbox row of each entry that is added. */
	readonly numbers: readonly number[];
	/** Returns the new generation; null: stale. */
	readonly write: () => Promise<string | null>;
}

/** The vault's rows in the clear. Seals before a transaction and opens after it, never inside. */
export class VaultStore {
	readonly #database: VaultDatabase;
	readonly #sealer: Sealer;
	readonly #chain: readonly Migration[];

	constructor(database: VaultDatabase, sealer: Sealer, chain: readonly Migration[]) {
		this.#database = database;
		this.#sealer = sealer;
		this.#chain = chain;
	}

	/** Of the pages that this app writes. */
	get version(): number {
		return schemaAfter(this.#chain);
	}

	/** A new vault's first row. */
	async initialise(membership: Membership | null): Promise<void> {
		const row = await this.#headRow(newHead(this.version, membership));
		await this.#database.write(['head'], ({ head: table }) => table.add(row));
	}

	/** Everything that is in memory while the vault is open: without history and secrets. */
	async load(): Promise<Snapshot> {
		const [headRow, pageRows, outboxRows] = await this.#database.read(
			['head', 'pages', 'outbox'],
			async ({ head, pages, outbox }) =>
				[
					await head.get(0),
					await pages.where('id').below(firstColdPage).toArray(),
					await outbox.toArray()
				] as const
		);
		const [read, pages, rows] = await Promise.all([
			this.#openHead(headRow),
			inParts(pageRows, (row) => this.#openPage(row)),
			this.#openRows(outboxRows)
		]);
		const isHot = (_: unknown, index: number) => (pageRows[index]?.id ?? 0) < firstRecentPage;
		const hot = pages.filter(isHot);
		return {
			...read,
			records: hot.flatMap(({ puts }) => puts),
			recent: pages.slice(hot.length),
			rows
		};
	}

	async head(): Promise<ReadHead> {
		return this.#openHead(await this.#database.read(['head'], ({ head }) => head.get(0)));
	}

	/** The head, and the outbox rows after `seq`. */
	async since(seq: number): Promise<ReadHead & { readonly rows: readonly Row[] }> {
		const [headRow, outboxRows] = await this.#database.read(
			['head', 'outbox'],
			async ({ head, outbox }) =>
				[await head.get(0), await outbox.where('seq').above(seq).toArray()] as const
		);
		const [read, rows] = await Promise.all([this.#openHead(headRow), this.#openRows(outboxRows)]);
		return { ...read, rows };
	}

	async rows(seqs: readonly number[]): Promise<readonly Row[]> {
		return (await this.rowsAt(seqs)).rows;
	}

	/** These outbox rows, and the generation that they stand in; null: the vault is gone. */
	async rowsAt(
		seqs: readonly number[]
	): Promise<{ readonly generation: string | null; readonly rows: readonly Row[] }> {
		const [head, rows] = await this.#database.read(
			['head', 'outbox'],
			async (tables) => [await tables.head.get(0), await tables.outbox.bulkGet([...seqs])] as const
		);
		const found = rows.filter((row) => row !== undefined);
		return { generation: head?.generation ?? null, rows: await this.#openRows(found) };
	}

	/** The texts of pages, by number, with the head that they belong to. Pages not there are left out. */
	async pageTexts(
		choose: (head: Head) => readonly number[]
	): Promise<ReadHead & { readonly texts: ReadonlyMap<number, string> }> {
		for (;;) {
			const before = await this.head();
			const ids = [...choose(before.head)];
			const [headRow, rows] = await this.#database.read(
				['head', 'pages'],
				async ({ head, pages }) => [await head.get(0), await pages.bulkGet(ids)] as const
			);
			if (headRow && headRow.generation !== before.generation) continue;
			const texts = await inParts(
				rows.filter((row) => row !== undefined),
				async ({ id, sealed }) => [id, await this.#sealer.open(`pages/${id}`, sealed)] as const
			);
			return { ...before, texts: new Map(texts) };
		}
	}

	/** Seals entries as the rows after `after`. `write` adds them, all or none. */
	async prepareAppend(
		entries: readonly Entry[],
		{ after, on }: { readonly after: number; readonly on: string }
	): Promise<PreparedAppend> {
		const { rows, numbers } = await this.#sealRows(entries, after);
		return { numbers, write: () => this.#database.writeRows({ on, added: rows }) };
	}

	async prepareRewrite(rewrite: Rewrite): Promise<PreparedRewrite> {
		const { on, head, pages, dropPages = [], dropRowsThrough, rows = [], added } = rewrite;
		const headRow = await this.#headRow(head);
		const pageRows = await inParts([...pages], async ([id, text]): Promise<PageRow> => {
			return { id, sealed: await this.#sealer.seal(`pages/${id}`, text) };
		});
		const kept = await Promise.all(
			rows.filter(({ entries }) => entries.length > 0).map((row) => this.#sealRow(row))
		);
		const droppedRows = rows.filter(({ entries }) => entries.length === 0).map(({ seq }) => seq);
		const sealed = added && (await this.#sealRows(added.entries, added.after));
		const through =
			dropRowsThrough === undefined ? [] : [this.#database.ranges.upperBound(dropRowsThrough)];
		const change = {
			on,
			without: added && this.#after(added.after),
			drop: { pages: dropPages, outbox: [...through, ...droppedRows] },
			head: headRow,
			pages: pageRows,
			rows: kept,
			added: sealed?.rows
		};
		const write = async () =>
			(await this.#database.writeRows(change)) ? headRow.generation : null;
		return { numbers: sealed?.numbers ?? [], write };
	}

	packPage(records: Iterable<AnyRecord>): string {
		return packPage(records, this.#chain);
	}

	unpackPage(text: string): readonly AnyRecord[] {
		return unpackPage(text, this.#chain);
	}

	#after(seq: number): IDBKeyRange {
		return this.#database.ranges.lowerBound(seq, true);
	}

	packChange(change: Change): string {
		return packChange(change, this.#chain);
	}

	unpackChange(text: string): Change {
		return unpackChange(text, this.#chain);
	}

	async #headRow(head: Head): Promise<HeadRow> {
		const sealed = await this.#sealer.seal('head', packHead(head));
		return { id: 0, generation: newId(), sealed };
	}

	async #openHead(row: HeadRow | undefined): Promise<ReadHead> {
		if (!row) throw new VaultError('storageGone');
		const text = await this.#sealer.open('head', row.sealed);
		return { generation: row.generation, head: unpackHead(text, this.version) };
	}

	async #openPage({ id, sealed }: PageRow): Promise<Change> {
		return this.unpackChange(await this.#sealer.open(`pages/${id}`, sealed));
	}

	async #openRows(rows: readonly OutboxRow[]): Promise<Row[]> {
		return inParts(rows, async ({ seq, sealed }) => ({
			seq,
			entries: unpackEntries(await this.#sealer.open(`outbox/${seq}`, sealed))
		}));
	}

	async #sealRows(
		entries: readonly Entry[],
		after: number
	): Promise<{ readonly rows: readonly OutboxRow[]; readonly numbers: readonly number[] }> {
		const breather = new Breather();
		const sealing: Promise<Bytes>[] = [];
		const numbers: number[] = [];
		for (const row of packEntries(entries)) {
			const seq = after + 1 + sealing.length;
			const sealed = this.#sealer.seal(`outbox/${seq}`, row.text);
			// A lock in between is dealt with below, with all of them.
			void sealed.catch(() => undefined);
			sealing.push(sealed);
			numbers.push(...row.entries.map(() => seq));
			await breather.pause();
		}
		const bytes = await Promise.all(sealing);
		return { rows: bytes.map((sealed, index) => ({ seq: after + 1 + index, sealed })), numbers };
	}

	async #sealRow({ seq, entries }: Row): Promise<OutboxRow> {
		return { seq, sealed: await this.#sealer.seal(`outbox/${seq}`, packRow(entries)) };
	}
}

/** How many rows are opened or sealed at once; enough to keep the browser's crypto busy. */
const atOnce = 16;

/** `Promise.all` over a map, in parts, so that the page gets its turn in between. */
async function inParts<From, To>(
	rows: readonly From[],
	work: (row: From) => Promise<To>
): Promise<To[]> {
	const breather = new Breather();
	const all: To[] = [];
	for (let at = 0; at < rows.length; at += atOnce) {
		all.push(...(await Promise.all(rows.slice(at, at + atOnce).map(work))));
		await breather.pause();
	}
	return all;
}
