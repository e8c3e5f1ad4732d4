import { describe, expect, it } from 'vitest';
import type { FieldData, Fields } from '../kernel/field.ts';
import { administrator, firstAccount, TestSchool, today } from '../testing/test-school.ts';
import { allKinds, declared, isKind, type Kind } from './kinds.ts';
import { allMutations, declaredMutation } from './mutations.ts';
import { ownScopes, scopesFor, tierOf } from './scopes.ts';

/** The texts of declarations that types do not hold to what there is. */

/** A field, and those inside it. */
function within(field: FieldData): readonly FieldData[] {
	switch (field.is) {
		case 'maybe':
		case 'list':
		case 'optional':
			return [field, ...within(field.of)];
		case 'fromTo':
			return [field, ...within(field.from), ...within(field.to)];
		default:
			return [field];
	}
}

function faultsOf(fields: Fields): readonly string[] {
	return Object.entries(fields).flatMap(([name, data]) =>
		within(data).flatMap((field): readonly string[] => {
			if (field.is === 'record' || field.is === 'given' || field.is === 'edit') {
				const same = isKind(field.kind) && declared(field.kind).fields === field.fields;
				return same ? [] : [`${name}: ${field.kind}`];
			}
			if (field.is !== 'id' || field.names === null) return [];
			if (!isKind(field.names)) return [`${name}: ${field.names}`];
			const { unless, via } = field.stands ?? {};
			if (unless && !Object.hasOwn(fields, unless[0])) return [`${name}: unless ${unless[0]}`];
			const both = [fields, declared(field.names).fields];
			if (via !== undefined && !both.every((each) => Object.hasOwn(each, via))) {
				return [`${name}: via ${via}`];
			}
			return [];
		})
	);
}

/** The tiers there are, `pupil//name`. */
function heldTiers(): ReadonlySet<string> {
	const school = new TestSchool('a');
	const guardian = { kind: 'guardian', id: 'g', givenName: '', initials: '' } as const;
	const parent = { ...firstAccount, id: 'parent', guardianId: 'g', role: 'guardian' } as const;
	const child = {
		kind: 'guardianship',
		id: 's',
		guardianId: 'g',
		pupilId: 'a',
		relation: '',
		authority: true,
		receivesMail: true,
		addressVisible: true
	} as const;
	const teacher = {
		...firstAccount,
		id: 'teacher',
		role: 'teacher',
		groupIds: ['group-1']
	} as const;
	school.withLeerId('a');
	school.state.apply({
		puts: [{ ...guardian, namePrefix: '', familyName: '' }, parent, child, teacher],
		removes: []
	});
	const actors = [
		administrator,
		{ id: 'parent', role: 'guardian', rights: [] },
		{ id: 'teacher', role: 'teacher', rights: [] },
		{ id: 'leerId-a', role: 'pupil', rights: [] }
	] as const;
	const held = actors.flatMap((actor) => [...scopesFor(actor, school.state, today)]);
	// A pupil's number is a tier of theirs that so far nobody holds.
	return new Set([...held, ...ownScopes('a')].map(tierOf));
}

const fieldIn = (scope: string) => [...scope.matchAll(/\{(.*?)\}/g)].map(([, field]) => field);

describe.each(allKinds)('the declaration of %s', (kind: Kind) => {
	const { fields, scopes, historyScopes, partOf, indexes } = declared(kind);

	it('names fields and kinds that there are', () => {
		expect(faultsOf(fields)).toEqual([]);
		expect(partOf.filter((whole) => !isKind(whole))).toEqual([]);
		const keys = Object.values(indexes).flatMap(({ by }) => by);
		expect(keys.filter((field) => !Object.hasOwn(fields, field))).toEqual([]);
	});

	/** Of a list there is no index, so all records of such a kind are gone through: none has many. */
	it('finds its records by each field without which they cannot stand, for an undo to ask', () => {
		const standing = Object.entries<FieldData>(fields).flatMap(([name, field]) =>
			(field.is === 'list' ? [] : within(field)).flatMap((each) =>
				each.is === 'id' && each.stands ? [each.stands.via ?? name] : []
			)
		);
		const found = Object.values(indexes).map(({ by }) => by);
		expect(standing.filter((name) => !found.includes(name))).toEqual([]);
	});

	it('has scopes of one subject each, in tiers that there are', () => {
		const held = heldTiers();
		for (const scope of scopes) {
			const named = fieldIn(scope);
			expect(named.length).toBeLessThan(2);
			expect(named.every((field) => field === 'id' || Object.hasOwn(fields, field ?? ''))).toBe(
				true
			);
		}
		for (const scope of historyScopes) expect(['', 'subject']).toContain(fieldIn(scope).join());
		for (const scope of [...scopes, ...historyScopes]) expect(held).toContain(tierOf(scope));
	});
});

describe.each(allMutations)('the declaration of %s', (name) => {
	it('names kinds that there are', () => {
		expect(faultsOf(declaredMutation(name).args)).toEqual([]);
	});
});
