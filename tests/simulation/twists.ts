import type { Secrets } from '#lib/domain/credentials/secret.ts';
import type { Mutation } from '#lib/domain/kernel/mutation.ts';
import type { Id, Json } from '#lib/domain/kernel/ids.ts';
import { allKinds, declared } from '#lib/domain/registry/kinds.ts';
import { schemaVersion } from '#lib/protocol/limits.ts';
import type { SyncRequest } from '#lib/protocol/sync-request.ts';
import type { Oracle } from './oracle/oracle.ts';
import { cast, headId } from './school.ts';

/**
 * The knowledge of a dishonest device: all that the school holds, and all that others have sent.
 */
export interface Knowledge {
	readonly oracle: Oracle;
	/** In the order in which they came to the server. */
	readonly requests: readonly SyncRequest[];
	/** The server's, in milliseconds. */
	readonly now: number;
}

/** A request as somebody makes it by hand: anything that is JSON. */
export interface Forged {
	schema: number;
	account: Id;
	clientId: Id;
	confirmed: number;
	cookie: unknown;
	mutations: ForgedMutation[];
	unsent: boolean;
}

interface ForgedMutation {
	number: number;
	mutation: { -readonly [Key in keyof Mutation]: Mutation[Key] };
	secrets?: Secrets;
}

/** Where a list is chosen from; the same number always means the same. */
export type Pick = <T>(items: readonly T[]) => T | undefined;

/** A way to make a request wrong. Changes it. */
type Twist = (forged: Forged, known: Knowledge, pick: Pick) => void;

const minute = 60_000;

export const twists = {
	/** Nothing is wrong: it may be refused for want of a right alone. */
	nothing: () => undefined,
	/** A uid that ran before: over sync, at a door of the server, or before the school moved in. */
	usedUid: ({ mutations }, { oracle }, pick) => {
		for (const { mutation } of mutations) mutation.uid = pick([...oracle.taken.keys()]) ?? '-';
	},
	/** That, and then the undo of it. */
	usedUidUndone: (forged, known, pick) => {
		twists.usedUid(forged, known, pick);
		const [first] = forged.mutations;
		if (first)
			add(forged, { name: 'change.undo@1', args: { uid: first.mutation.uid, except: [] } });
	},
	/** A uid that somebody else sent, taken or not. */
	borrowedUid: ({ mutations }, { requests }, pick) => {
		const sent = pick(requests)?.mutations ?? [];
		for (const { mutation } of mutations) mutation.uid = pick(sent)?.mutation.uid ?? mutation.uid;
	},
	/** The history of other mutations begins with their uid too. */
	uidLikeAnother: ({ mutations }, { oracle }, pick) => {
		for (const { mutation } of mutations) {
			mutation.uid = `${pick([...oracle.taken.keys()]) ?? ''}-0`;
		}
	},
	/** One uid for all of it. */
	sameUid: ({ mutations }) => {
		for (const { mutation } of mutations) mutation.uid = mutations[0]?.mutation.uid ?? '';
	},
	/** Another's request, as it was. */
	replay: (forged, { requests }, pick) => {
		const other = pick(requests);
		if (other) Object.assign(forged, structuredClone(other));
	},
	/** Another's request, under the own account and client. */
	replayAsOwn: (forged, { requests }, pick) => {
		forged.mutations = structuredClone(pick(requests)?.mutations ?? []) as ForgedMutation[];
		renumber(forged);
	},
	/** Sends what another wanted, as if it were one's own wish. */
	othersWish: (forged, known, pick) => {
		twists.replayAsOwn(forged, known, pick);
		for (const { mutation } of forged.mutations) mutation.actorId = forged.account;
	},
	othersOutbox: ({ mutations }, _, pick) => {
		const actorId = pick(cast) ?? headId;
		for (const { mutation } of mutations) mutation.actorId = actorId;
	},
	system: ({ mutations }) => {
		for (const { mutation } of mutations) mutation.actorId = 'system';
	},
	othersBatch: ({ mutations }, { oracle }, pick) => {
		const batches = [...oracle.taken.values()].flatMap(({ batch }) => batch ?? []);
		for (const { mutation } of mutations) mutation.batch = pick(batches) ?? null;
	},
	othersClient: (forged, { requests }, pick) => {
		const other = pick(requests);
		if (!other) return;
		forged.clientId = other.clientId;
		const next = Math.max(0, ...other.mutations.map(({ number }) => number));
		for (const [at, sent] of forged.mutations.entries()) sent.number = next + at + 1;
		forged.confirmed = pick([0, next, 1e9]) ?? 0;
	},
	badNumbers: ({ mutations }, _, pick) => {
		for (const sent of mutations) sent.number = pick([0, 1, 2, 3, 1e9, -1, 0.5]) ?? 1;
	},
	/** A date of long ago or of tomorrow: within the time in which something can be undone, say. */
	otherDate: ({ mutations }, { now }, pick) => {
		const hours = pick([-1e6, -5000, -800, -30, -1, 1, 30, 1e6]) ?? 0;
		const madeAt = new Date(now + hours * 60 * minute).toISOString();
		for (const { mutation } of mutations) mutation.madeAt = madeAt;
	},
	/** A password that is named and not brought. */
	withoutSecret: ({ mutations }) => {
		for (const sent of mutations) delete sent.secrets;
	},
	/** Another account's password, named as one's own, or brought anew under its id. */
	othersSecret: ({ mutations }, { oracle }, pick) => {
		const secretId = pick([...oracle.secrets.keys()]) ?? '-';
		for (const sent of mutations) {
			if (!hasOwn(sent.mutation.args, 'secretId')) continue;
			sent.mutation.args = { ...sent.mutation.args, secretId };
			if (pick([true, false])) sent.secrets = { [secretId]: { kind: 'word', text: 'my own word' } };
			else delete sent.secrets;
		}
	},
	/** Somebody else's record, or one that is there already, in the place of each id. */
	othersIds: ({ mutations }, { oracle }, pick) => {
		const { state } = oracle;
		const ids = [
			...cast,
			...allKinds
				.filter((kind) => kind !== 'history')
				.flatMap((kind) => Array.from(state.all(kind), ({ id }) => id))
		];
		for (const { mutation } of mutations) {
			mutation.args = mapFields(mutation.args, (field, value) =>
				field.endsWith('Id') && typeof value === 'string' ? (pick(ids) ?? value) : value
			);
		}
	},
	anyUndo: (forged, { oracle }, pick) => {
		forged.mutations = [];
		for (let at = 0; at < 4; at++) {
			const uid = pick([...oracle.taken.keys()].reverse().slice(0, 40)) ?? '-';
			add(forged, { name: 'change.undo@1', args: { uid, except: [] } });
		}
	},
	tooLarge: ({ mutations }, _, pick) => {
		const text = 'x'.repeat(pick([200_001, 300_000]) ?? 0);
		for (const { mutation } of mutations) {
			mutation.args = mapFields(mutation.args, (_field, value) =>
				typeof value === 'string' ? text : value
			);
		}
	},
	/** Names that every object has. */
	prototypes: (forged, _, pick) => {
		const name = () => pick(['__proto__', 'constructor', 'toString', 'hasOwnProperty']) ?? '';
		const args = [
			`{"__proto__":{"rights":["accounts"]}}`,
			`{"constructor":{}}`,
			`null`,
			`[]`,
			`""`
		];
		for (const sent of forged.mutations) {
			const { mutation } = sent;
			const where = pick(['name', 'uid', 'batch', 'args', 'ids', 'secrets']);
			if (where === 'args') mutation.args = JSON.parse(pick(args) ?? '0') as Json;
			else if (where === 'ids') {
				mutation.args = mapFields(mutation.args, (field, value) =>
					field.endsWith('Id') ? name() : value
				);
			} else if (where === 'secrets') {
				sent.secrets = JSON.parse(`{"${name()}":{"kind":"word","text":"woord"}}`) as Secrets;
			} else if (where) Object.assign(mutation, { [where]: name() });
		}
	},
	/** Each value in its turn of another type. */
	malformed: ({ mutations }, _, pick) => {
		const values: readonly Json[] = [null, '', 0, -1, 1.5, true, [], {}, [null], 'x'.repeat(70)];
		for (const { mutation } of mutations) {
			const fields = Object.keys(mutation.args ?? {});
			const field = pick([...fields, 'extra']) ?? 'extra';
			mutation.args = { ...(mutation.args as object), [field]: pick(values) ?? null };
		}
	},
	/** A cookie that says that one holds what one does not. */
	claimedScopes: (forged, { requests }, pick) => {
		const all = claimable();
		const { epoch = '', version = 0 } = pick(requests)?.cookie ?? {};
		const since = pick([0, version, version + 1]) ?? 0;
		const position = ['', 0, 'group', '-'];
		const reading = pick([null, { since: version, gained: all, position }]);
		forged.cookie = { epoch, version: since, scopes: all, reading };
	},
	flood: (forged) => {
		const [first] = forged.mutations;
		for (let at = 0; first && at < 20; at++) add(forged, first.mutation);
	},
	/** Asks for what came of it, or hides it. */
	oddRequest: (forged, _, pick) => {
		forged.unsent = pick([true, false]) ?? false;
		forged.schema = pick([0, schemaVersion, schemaVersion + 1]) ?? 0;
		forged.confirmed = pick([0, 5, 1e9, -1]) ?? 0;
	},
	othersAccount: (forged, _, pick) => {
		forged.account = pick(cast) ?? headId;
	}
} satisfies Record<string, Twist>;

/** Every scope that kinds declare, of some people. */
function claimable(): string[] {
	const declaredScopes = allKinds.flatMap((kind) => {
		const { scopes, historyScopes } = declared(kind);
		return [...scopes, ...historyScopes];
	});
	return [...new Set(declaredScopes)].flatMap((scope) =>
		scope.includes('{')
			? ['p1', 'p4', 'jan', headId].map((id) => scope.replace(/\{\w+\}/, id))
			: [scope]
	);
}

export type TwistName = keyof typeof twists;

export function add(
	{ account, clientId, mutations }: Forged,
	{
		name,
		args,
		secrets
	}: { readonly name: string; readonly args: unknown; readonly secrets?: Secrets },
	now?: number
): void {
	const number = mutations.length + 1;
	const madeAt = now === undefined ? mutations[0]?.mutation.madeAt : new Date(now).toISOString();
	const made = { uid: `${clientId}-${number}`, batch: null, actorId: account };
	const mutation = { name, args, ...made, madeAt: madeAt ?? '2026-11-21T10:00:00.000Z' };
	mutations.push({ number, mutation, ...(secrets && { secrets }) });
}

function renumber({ mutations }: Forged): void {
	for (const [at, sent] of mutations.entries()) sent.number = at + 1;
}

function mapFields(value: unknown, change: (field: string, value: unknown) => unknown): unknown {
	if (Array.isArray(value)) return value.map((each) => mapFields(each, change));
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([field, held]) => [field, mapFields(change(field, held), change)])
	);
}

function hasOwn(value: unknown, field: string): value is object {
	return typeof value === 'object' && value !== null && Object.hasOwn(value, field);
}
