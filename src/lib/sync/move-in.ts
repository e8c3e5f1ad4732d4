import { maxRecordsPerPart, type JoinEnd, type JoinPart } from '#lib/protocol/join.ts';
import type { Secret } from '#lib/domain/credentials/secret.ts';
import type { AnyRecord } from '#lib/domain/registry/records.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import { ok, type Result } from '#lib/domain/kernel/result.ts';
import type { StateReader } from '#lib/domain/registry/state.ts';
import type { MoveFailure, Moving, Part } from '#lib/vault/outbox/moving.ts';

export interface MoveIn<F> {
	readonly moving: Moving;
	/** The school's records. */
	readonly state: StateReader;
	/** The invitation's. */
	readonly token: string;
	readonly school: Id;
	/** Sends a part; null: it arrived. */
	readonly send: (part: JoinPart) => Promise<F | null>;
	/** How many records have arrived. */
	readonly onProgress: (records: number) => void;
}

/**
 * Sends a school that was made on this device, in parts; the end that it returns is to be sent
 * last. Broken off, it is begun anew.
 */
export async function moveIn<F>(move: MoveIn<F>): Promise<Result<JoinEnd, F | MoveFailure>> {
	const { moving, state, token, school, send, onProgress } = move;
	const owners = ownersOf(state);
	const whole = { records: 0, secrets: 0 };
	let number = 0;
	for await (const read of moving.parts()) {
		if (!read.ok) return read;
		for (const { records, secrets } of cut(read.value)) {
			const owned = secrets.flatMap(([id, secret]) => {
				const account = owners.get(id);
				return account === undefined ? [] : [{ id, account, secret }];
			});
			const part = { token, school, part: number++, records, secrets: owned };
			const refusal = await send(part);
			if (refusal !== null) return { ok: false, refusal };
			whole.records += records.length;
			whole.secrets += owned.length;
			onProgress(whole.records);
		}
	}
	return ok({ token, school, whole });
}

/** Returns the owner of each password. */
function ownersOf(state: StateReader): ReadonlyMap<Id, Id> {
	const owners = new Map<Id, Id>();
	for (const kind of ['leerId', 'account'] as const) {
		for (const { id, secretId } of state.all(kind)) if (secretId) owners.set(secretId, id);
	}
	return owners;
}

/** Into parts that the server takes. */
function* cut({ records, secrets }: Part): Iterable<{
	readonly records: readonly AnyRecord[];
	readonly secrets: readonly (readonly [Id, Secret])[];
}> {
	const count = Math.max(records.length, secrets.length, 1);
	for (let at = 0; at < count; at += maxRecordsPerPart) {
		const to = at + maxRecordsPerPart;
		yield { records: records.slice(at, to), secrets: secrets.slice(at, to) };
	}
}
