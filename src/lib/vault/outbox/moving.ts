import { newId } from '#lib/crypto/random.ts';
import type { Secret } from '#lib/domain/credentials/secret.ts';
import type { AnyRecord } from '#lib/domain/registry/records.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import { ok, refuse, type Result } from '#lib/domain/kernel/result.ts';
import type { VaultFailure } from '../disk/failure.ts';
import { newMembership, type Head, type Membership } from '../pages/head.ts';
import { allHotPages } from '../pages/hot-pages.ts';
import type { Replica } from '../replica/replica.ts';
import { unpackSecrets } from '../pages/secret-pages.ts';
import type { VaultStore } from '../pages/store.ts';

/** Some pages' worth of a school. */
export interface Part {
	readonly records: readonly AnyRecord[];
	/** Passwords in use, by id. */
	readonly secrets: readonly (readonly [Id, Secret])[];
}

/** `changed`: another tab broke it off, or began anew. */
export type MoveFailure = VaultFailure | { readonly code: 'changed' };

/** Pages read for one part: some half a megabyte of text. */
const pagesAtOnce = 10;

/** Moves a school that was made on this device to a server (design.md 2). */
export class Moving {
	readonly #replica: Replica;

	constructor(replica: Replica) {
		this.#replica = replica;
	}

	/**
	 * Makes confirmed records of all there is, and from here on nothing more: what is made while the
	 * school moves is sent after it.
	 */
	async begin(schoolId: Id): Promise<Result<void, VaultFailure>> {
		if (this.#replica.membership) return this.#become(newMembership(schoolId, false));
		for (let more = true; more;) {
			const folded = await this.#replica.fold();
			if (!folded.ok) return folded;
			more = folded.value;
		}
		return this.#become(newMembership(schoolId, false));
	}

	/** All that was confirmed when it began, history too, part by part. */
	async *parts(): AsyncGenerator<Result<Part, MoveFailure>> {
		let lineage: string | null = null;
		for (let at = 0, left = 1; left > 0; at += pagesAtOnce) {
			const read = await this.#replica.look((store) => readPart(store, at));
			if (!read.ok) {
				yield read;
				return;
			}
			const { head, part } = read.value;
			lineage ??= head.lineage;
			if (head.lineage !== lineage || !head.membership) {
				yield refuse({ code: 'changed' });
				return;
			}
			yield ok(part);
			left = pagesOf(head).length - at - pagesAtOnce;
		}
	}

	/** The server has it whole, passwords too; they go from here. */
	async finish(): Promise<Result<void, VaultFailure>> {
		const { membership } = this.#replica;
		return membership ? this.#become({ ...membership, joined: true }) : ok(undefined);
	}

	/** As it was before it began. */
	async giveUp(): Promise<Result<void, VaultFailure>> {
		return this.#become(null);
	}

	async #become(membership: Membership | null): Promise<Result<void, VaultFailure>> {
		const revised = await this.#replica.revise((_, { read }) => {
			const { secretPages } = read.head;
			const leaves = membership?.joined ? { secretPages: [] } : {};
			return {
				rewrite: {
					head: { ...read.head, ...leaves, membership, lineage: newId() },
					pages: new Map(),
					dropPages: membership?.joined ? secretPages : []
				},
				follow: () => []
			};
		});
		return revised.ok ? ok(undefined) : revised;
	}
}

async function readPart(
	store: VaultStore,
	at: number
): Promise<{ readonly head: Head; readonly part: Part }> {
	const { head, texts } = await store.pageTexts((found) =>
		pagesOf(found).slice(at, at + pagesAtOnce)
	);
	const isSecret = ([id]: readonly [number, string]) => head.secretPages.includes(id);
	const pages = [...texts];
	const kept = unpackSecrets(pages.filter(isSecret).map(([, text]) => text));
	// One that was replaced, and can still be printed again, is nobody's password any more.
	const inUse = [...kept].filter(([, { until }]) => until === null);
	const records = pages.filter((page) => !isSecret(page));
	return {
		head,
		part: {
			records: records.flatMap(([, text]) => store.unpackPage(text)),
			secrets: inUse.map(([id, { secret }]) => [id, secret] as const)
		}
	};
}

function pagesOf(head: Head): readonly number[] {
	return [...allHotPages(head), ...head.historyPages, ...head.secretPages];
}
