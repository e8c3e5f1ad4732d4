import { describe, expect, test } from 'vitest';
import { actorFor } from '#lib/domain/accounts/actors.ts';
import { isTooLate, mayUndo } from '#lib/domain/history/undo-rules.ts';
import { rights, type Actor } from '#lib/domain/kernel/actor.ts';
import type { Id, IsoDate } from '#lib/domain/kernel/ids.ts';
import { askedAbout } from '#lib/domain/registry/asked-about.ts';
import { canStand } from '#lib/domain/registry/can-stand.ts';
import { declared, type Kind } from '#lib/domain/registry/kinds.ts';
import type { NamedSecret } from '#lib/domain/registry/mutation.ts';
import { secretNamedBy, undoRuleOf, type MutationName } from '#lib/domain/registry/mutations.ts';
import type { RecordKey } from '#lib/domain/registry/records.ts';
import { isReferredTo, referencesOf } from '#lib/domain/registry/references.ts';
import { scopesFor, scopesKnownTo, scopesOf, subjectOf } from '#lib/domain/registry/scopes.ts';
import { SchoolState } from '#lib/domain/registry/state.ts';
import { parseArgs } from '#lib/protocol/mutation-args.ts';
import { readGoldenJson } from './support/files.ts';
import { mutationsIn } from './support/kinds.ts';
import { asNow, type GoldenServer } from './support/shapes.ts';

/**
 * The answers of the rules of version 1 on the school that it left, when each still had a table of
 * its own: on every record, everybody in it, every mutation. The rules that follow from the
 * declarations say the same.
 */
interface GoldenAnswers {
	readonly today: IsoDate;
	readonly records: readonly {
		readonly kind: Kind;
		readonly id: Id;
		readonly scopes: readonly string[];
		readonly subject: Id;
		/** `KIND ID`, sorted. */
		readonly references: readonly string[];
		readonly isReferredTo: boolean;
		readonly canStand: boolean;
	}[];
	/** null: who it is may not act. */
	readonly held: readonly { readonly id: Id; readonly scopes: readonly string[] | null }[];
	/** How history shows each field; null: it does not show the kind. */
	readonly shown: Readonly<Record<Kind, Readonly<Record<string, string>> | null>>;
	readonly rules: Readonly<
		Record<
			string,
			{
				/** `ROLE RIGHT maker` or `… another`. */
				readonly mayUndo: readonly string[];
				/** The first of some hours after which it is too late; null: never. */
				readonly tooLateAfterHours: number | null;
			}
		>
	>;
	/** Arguments that devices sent, by the mutation's name. */
	readonly asked: Readonly<
		Record<
			string,
			readonly {
				readonly args: unknown;
				readonly taken: boolean;
				readonly about: Id | null;
				readonly secret: NamedSecret | null;
			}[]
		>
	>;
}

const golden = readGoldenJson('1/answers.json.gz') as GoldenAnswers;
const server = readGoldenJson('1/server.json.gz') as GoldenServer;
const state = new SchoolState(asNow(server.records, server.version));
const roles = ['administration', 'teacher', 'scheduler', 'guardian', 'pupil', 'system'] as const;

describe('of the school of version 1', () => {
	test('every record has its scopes and its subject, and needs and holds up what it did', () => {
		const named = (keys: readonly RecordKey[]) =>
			keys.map(({ kind, id }) => `${kind} ${id}`).sort();
		const now = golden.records.map(({ kind, id }) => {
			const record = state.get(kind, id);
			if (!record) throw new Error(`No ${kind} ${id}`);
			return {
				kind,
				id,
				scopes: scopesOf(record),
				subject: subjectOf(record),
				references: named(referencesOf(record)),
				isReferredTo: isReferredTo(state, record),
				canStand: canStand(state, record)
			};
		});
		expect(now).toEqual(golden.records);
	});

	test('everybody holds what they held', () => {
		const now = golden.held.map(({ id }) => {
			const actor = actorFor(id, state, golden.today);
			const held = actor && scopesFor(actor, state, golden.today);
			// Records that came later are of tiers of their own.
			return { id, scopes: held && [...scopesKnownTo(server.version, held)].sort() };
		});
		expect(now).toEqual(golden.held);
	});

	test('history shows each field as it did', () => {
		for (const [kind, views] of Object.entries(golden.shown) as [
			Kind,
			typeof golden.shown.pupil
		][]) {
			const { fields, history } = declared(kind);
			expect([kind, history === 'shown']).toEqual([kind, views !== null]);
			for (const [field, view] of Object.entries(views ?? {})) {
				expect([kind, field, fields[field]?.shown]).toEqual([kind, field, view]);
			}
		}
	});
});

describe('of a mutation of version 1', () => {
	const actors: readonly Actor[] = roles.flatMap((role) =>
		[[], ...rights.map((right) => [right])].flatMap((held) =>
			['maker', 'another'].map((id) => ({ id, role, rights: held }))
		)
	);

	test.each(mutationsIn(1))('%s may be undone by the same people, for as long', (mutation) => {
		const rule = undoRuleOf(mutation);
		const root = { actorId: 'maker', madeAt: '2026-11-01T00:00:00.000Z' };
		const by = actors
			.filter((actor) =>
				mayUndo(rule, { actor, today: golden.today, state }, { root, entries: [] })
			)
			.map(({ id, role, rights: held }) => `${role} ${held.join()} ${id}`.replace('  ', ' '));
		const after = (hours: number) =>
			new Date(Date.parse(root.madeAt) + hours * 3_600_000).toISOString();
		const late = [1, 23, 25, 719, 721, 10_000].filter((hours) =>
			isTooLate(rule, root, after(hours))
		);
		const now = { mayUndo: by, tooLateAfterHours: late[0] ?? null };
		expect(now).toEqual(golden.rules[mutation]);
	});

	test.each(Object.entries(golden.asked))(
		'%s is about whom it was, and names its secret',
		(name, asked) => {
			const mutation = name as MutationName;
			for (const { args, taken, about, secret } of asked) {
				const parsed = parseArgs(mutation, args);
				expect(parsed !== null).toBe(taken);
				expect(askedAbout(mutation, args)).toBe(about);
				expect(parsed && secretNamedBy(mutation, parsed)).toEqual(secret);
			}
		}
	);
});
