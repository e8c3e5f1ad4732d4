import { expect, test } from 'vitest';
import { actorFor } from '#lib/domain/accounts/actors.ts';
import { actorOf } from '#lib/domain/accounts/account-rules.ts';
import type { Actor } from '#lib/domain/kernel/actor.ts';
import { mutations, type MutationName } from '#lib/domain/registry/mutations.ts';
import type { AnyRecord, History, RecordChange } from '#lib/domain/registry/records.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import type { Kind } from '#lib/domain/registry/kinds.ts';
import { run } from '#lib/domain/registry/run.ts';
import { scopesOf } from '#lib/domain/registry/scopes.ts';
import { SchoolState } from '#lib/domain/registry/state.ts';
import { anyRecord } from '#lib/protocol/field-shapes.ts';
import { parse } from '#lib/protocol/parse.ts';
import { accounts, idOf } from './support/cast.ts';
import { readGoldenJson } from './support/files.ts';
import { kindsIn, mutationsIn } from './support/kinds.ts';
import { asNow, type GoldenHistory } from './support/shapes.ts';

const golden = readGoldenJson('1/history.json') as GoldenHistory;
const today = golden.at.slice(0, 10);

function now(...records: readonly AnyRecord[]): AnyRecord[] {
	return asNow(records, golden.version);
}

function school(): SchoolState {
	return new SchoolState(now(...golden.records));
}

function undo(state: SchoolState, uid: Id, actor: Actor) {
	const made = { uid: idOf(`undo/${uid}`), batch: null, actorId: actor.id, madeAt: golden.at };
	const mutation = { name: 'change.undo@1', args: { uid, except: [] }, ...made };
	return run(state, mutation, { actor, today });
}

function removedBy(entries: readonly History[]): AnyRecord[] {
	return entries.flatMap(({ changes }) =>
		changes.flatMap((change: RecordChange) => (change.op === 'remove' ? [change.before] : []))
	);
}

test.each(mutationsIn(1))('what %s wrote to history is read as history of today', (name) => {
	const entries = golden.entries[name];
	expect(entries.length).toBeGreaterThan(0);
	expect(Object.keys(mutations)).toContain(name satisfies MutationName);
	for (const entry of now(...entries)) {
		expect(parse(anyRecord, entry)).toEqual(entry);
		expect(scopesOf(entry).length).toBeGreaterThan(0);
	}
});

test.each(kindsIn(1))('what it says of a removed %s makes a record of today', (kind) => {
	const [entry] = now(golden.removals[kind]) as History[];
	const [before] = removedBy(entry ? [entry] : []);
	expect(before?.kind).toBe(kind satisfies Kind);
	expect(parse(anyRecord, before)).toEqual(before);
	expect(parse(anyRecord, entry)).toEqual(entry);
});

test('undoing what removed something brings it back as it was, one after the other', () => {
	const state = school();
	const broughtBack = new Set<Kind>();
	for (const { uid, refusal } of golden.undone) {
		const entries = [...state.find('historyByUid', uid)];
		const actor = actorFor(entries[0]?.actorId ?? '', state, today);
		if (!actor) throw new Error('Nobody');
		const result = undo(state, uid, actor);
		expect([uid, result.ok ? null : result.refusal]).toEqual([uid, refusal]);
		if (!result.ok) continue;
		state.apply(result.value);
		for (const before of removedBy(entries)) {
			expect(state.get(before.kind, before.id)).toEqual(before);
			broughtBack.add(before.kind);
		}
	}
	// Of these a mutation removes none, or leaves none in history.
	const never: readonly Kind[] = [
		'school',
		'credentialCard',
		'cardKey',
		'cardKeyPrivate',
		'importRun',
		'history'
	];
	expect(kindsIn(1).filter((kind) => !broughtBack.has(kind))).toEqual(never);
});

test.each(['school', 'credentialCard', 'cardKey', 'importRun'] as const)(
	'a %s that history says was removed comes back whole',
	(kind) => {
		const { result, state, before } = undoOfRemoval(kind);
		if (!result.ok) throw new Error(result.refusal.code);
		state.apply(result.value);
		expect(state.get(kind, before.id)).toEqual(before);
	}
);

test.each(['cardKeyPrivate', 'history'] as const)(
	'a %s, of which no history is kept, comes back by none',
	(kind) => {
		expect(undoOfRemoval(kind).result).toEqual({ ok: false, refusal: { code: 'overtaken' } });
	}
);

function undoOfRemoval(kind: Kind) {
	const [entry] = now(golden.removals[kind]) as History[];
	const [before] = removedBy(entry ? [entry] : []);
	if (!entry || !before) throw new Error('Nothing was removed');
	const state = school();
	state.apply({ puts: [entry], removes: [{ kind, id: before.id }] });
	const administrator = state.get('account', accounts.administrator.id);
	const actor = administrator && actorOf(administrator);
	if (!actor) throw new Error('Nobody');
	return { result: undo(state, entry.uid, actor), state, before };
}
