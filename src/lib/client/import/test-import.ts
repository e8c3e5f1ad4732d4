import { newId } from '#lib/crypto/random.ts';
import type { Mutation } from '#lib/domain/kernel/mutation.ts';
import type { AnyRecord } from '#lib/domain/registry/records.ts';
import type { Id, Json } from '#lib/domain/kernel/ids.ts';
import { ok, refuse, type Result } from '#lib/domain/kernel/result.ts';
import { run } from '#lib/domain/registry/run.ts';
import { SchoolState } from '#lib/domain/registry/state.ts';
import {
	administrator,
	enrolmentRecord,
	firstAccount,
	pupilRecord,
	school,
	today
} from '#lib/domain/testing/test-school.ts';
import type { CommitFailure } from '#lib/vault/replica/replica.ts';
import type { DraftStore } from '../form/draft.svelte.ts';
import { ImportFlow, type ImportSession } from './flow.svelte.ts';
import type { ImportReader } from './reader.ts';
import { ImportWork } from './work.ts';
import type { Command, Done } from '../session/session.svelte.ts';

/** An open school in memory whose commits run the real rules, for the tests of the import. */
export class FakeSession implements ImportSession {
	readonly state = new SchoolState([school, firstAccount]);
	readonly today = today;
	readonly actor = administrator;
	version = 0;
	/** The refusal that the next commit returns instead of writing. */
	refusal: CommitFailure | null = null;
	#seconds = 0;

	constructor(...records: readonly AnyRecord[]) {
		this.put(...records);
	}

	put(...records: readonly AnyRecord[]): void {
		this.state.apply({ puts: records, removes: [] });
		this.version++;
	}

	async commit(commands: readonly Command[]): Promise<Result<Done, CommitFailure>> {
		if (this.refusal) return Promise.resolve(refuse(this.refusal));
		const batch = newId();
		const madeAt = new Date(Date.parse(`${today}T09:00:00Z`) + ++this.#seconds * 1000);
		for (const [index, { name, args }] of commands.entries()) {
			const mutation: Mutation = {
				...{ name, args, batch, uid: newId() },
				...{ actorId: this.actor.id, madeAt: madeAt.toISOString() }
			};
			const result = run(this.state, mutation, { actor: this.actor, today });
			if (!result.ok) return refuse({ ...result.refusal, index });
			this.state.apply(result.value);
		}
		this.version++;
		return ok({ batch, changes: [] });
	}

	numbers(): string[] {
		return [...this.state.all('pupil')].map(({ pupilNumber }) => pupilNumber).sort();
	}
}

/** Reads in the same thread what the worker would. */
class DirectReader implements ImportReader {
	#work = new ImportWork();

	async read(files: readonly File[]) {
		this.#work = new ImportWork();
		return this.#work.read(files);
	}

	async roster(mappings: Parameters<ImportWork['roster']>[0]) {
		return Promise.resolve(ok(this.#work.roster(mappings)));
	}

	dispose(): void {
		this.#work = new ImportWork();
	}
}

/** Drafts that are kept as JSON, as the vault keeps them. */
export class MemoryDrafts implements DraftStore {
	readonly kept = new Map<string, string>();
	readonly #listeners = new Set<() => void>();

	get = async (key: string): Promise<Json> =>
		Promise.resolve(JSON.parse(this.kept.get(key) ?? 'null') as Json);

	set = async (key: string, value: Json) => {
		this.kept.set(key, JSON.stringify(value));
		return Promise.resolve(ok(undefined));
	};

	remove = async (key: string) => {
		this.kept.delete(key);
		return Promise.resolve(ok(undefined));
	};

	beforeClose = (listener: () => void) => {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	};

	lock(): void {
		for (const listener of this.#listeners) listener();
	}
}

export function newFlow(session: FakeSession, drafts = new MemoryDrafts()): ImportFlow {
	return new ImportFlow(session, new DirectReader(), drafts);
}

/** A CSV file as a secretary would choose it: `;`, a row of headings first. */
export function csv(...lines: readonly string[]): File {
	return new File([lines.join('\r\n')], 'leerlingen.csv', { type: 'text/csv' });
}

export const headings = 'Stamnummer;Voornaam;Achternaam;Klas;Geboortedatum';

export function pupil(
	id: Id,
	pupilNumber: string,
	familyName = 'Peeters',
	givenName = 'Abdulghani'
): AnyRecord[] {
	const fields = { pupilNumber, givenName, familyName, groupId: null };
	return [pupilRecord(id, fields), enrolmentRecord(id)];
}
