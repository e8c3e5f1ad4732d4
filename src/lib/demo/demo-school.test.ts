import { describe, expect, it } from 'vitest';
import { actorFor } from '#lib/domain/accounts/actors.ts';
import { addDays } from '#lib/domain/kernel/dates.ts';
import { leerIdOf, leerIdStatus } from '#lib/domain/credentials/status.ts';
import { isPlausible } from '#lib/domain/kernel/numbers/national-number.ts';
import type { AnyRecord } from '#lib/domain/registry/records.ts';
import { run } from '#lib/domain/registry/run.ts';
import { maySee, scopesFor } from '#lib/domain/registry/scopes.ts';
import { SchoolState } from '#lib/domain/registry/state.ts';
import { demoSchool, type DemoSchool } from './demo-school.ts';
import { demoAccount, demoPassword } from './sign-in.ts';

const today = '2026-11-21';
const keys = { publicKey: 'public', privateKey: 'private' };
const demo = demoSchool({ today, account: demoAccount, keys });
const state = stateOf(demo);

function stateOf({ steps }: DemoSchool): SchoolState {
	const made = new SchoolState();
	for (const { mutation, actor, today: date } of steps) {
		const result = run(made, mutation, { actor, today: date });
		if (!result.ok) throw new Error(`${mutation.name}: ${result.refusal.code}`);
		made.apply(result.value);
	}
	return made;
}

const leerIds = [...state.all('leerId')];
const printRuns = [...state.all('printRun')];
const statuses = [...state.all('pupil')].map(({ id }) => leerIdStatus(state, id, today).status);
const countOf = <T>(items: readonly T[], wanted: T) =>
	items.filter((item) => item === wanted).length;

describe('the demo school', () => {
	it('starts with the school and the account that opens it', () => {
		expect(demo.steps[0]?.mutation.name).toBe('school.create@1');
		expect(state.get('account', demo.accountId)).toMatchObject(demoAccount);
		expect([...state.all('school')]).toMatchObject([{ name: demo.schoolName, country: 'BE' }]);
		expect(demoPassword.length).toBeGreaterThanOrEqual(12);
	});

	it('has 420 pupils in 18 groups, guardians and staff', () => {
		expect(state.count('pupil')).toBe(420);
		expect(state.count('group')).toBe(18);
		expect(state.count('staff')).toBe(35);
		expect(state.count('guardian')).toBeGreaterThan(600);
		for (const { id, name } of state.all('group')) {
			const size = state.find('pupilByGroup', id).length;
			expect(size, name).toBeGreaterThan(14);
		}
		for (const { id } of state.all('pupil')) {
			expect(state.find('guardianshipByPupil', id).length).toBeGreaterThan(0);
			expect(state.find('enrolmentByPupil', id)).toHaveLength(1);
		}
	});

	it('has pupils with every kind of account, with none, and with one that ended', () => {
		expect(countOf(statuses, 'none')).toBe(30);
		expect(countOf(statuses, 'inactive')).toBeGreaterThan(20);
		expect(countOf(statuses, 'active')).toBeGreaterThan(350);
		const kinds = leerIds.map(({ passwordKind }) => passwordKind);
		for (const kind of ['word', 'image', 'temporary', 'own'] as const) {
			expect(countOf(kinds, kind), kind).toBeGreaterThan(25);
		}
	});

	it('has a dozen pupils who linked an e-mail address', () => {
		const linked = leerIds.filter(({ email }) => email !== null);
		expect(linked.length).toBeGreaterThanOrEqual(10);
		expect(linked.length).toBeLessThanOrEqual(13);
		expect(linked.every(({ type }) => type === 'advanced')).toBe(true);
	});

	it('gives user names that collide a number, and each to one pupil', () => {
		const userNames = leerIds.map(({ userName }) => userName);
		expect(new Set(userNames).size).toBe(userNames.length);
		expect(userNames).toEqual(expect.arrayContaining(['mohamed.elamrani', 'mohamed.elamrani1']));
	});

	it('has names in other scripts and names that are too long for a label', () => {
		const names = [...state.all('pupil')].map((pupil) => `${pupil.givenName} ${pupil.familyName}`);
		for (const script of [/\p{Script=Arabic}/u, /\p{Script=Cyrillic}/u, /\p{Script=Ethiopic}/u]) {
			expect(names.some((name) => script.test(name))).toBe(true);
		}
		expect(Math.max(...names.map(({ length }) => length))).toBeGreaterThan(60);
	});

	it('has national numbers that fit birth date and sex, and official data with each', () => {
		const numbers = [...state.all('nationalNumber')];
		expect(numbers.length).toBeGreaterThan(370);
		expect(numbers.length).toBeLessThan(410);
		for (const number of numbers) {
			expect(isPlausible(number, state.get('pupilIdentity', number.id) ?? {})).toBe(true);
			expect(state.get('pupilOfficial', number.id)).toBeDefined();
		}
	});

	it('shows what imports brought, moved and took away, and what they said', () => {
		const imports = [...state.all('importRun')];
		expect(imports).toHaveLength(3);
		expect(imports.filter(({ left, changed }) => left > 0 && changed > 0)).toHaveLength(2);
		for (const { id } of state.all('pupil')) expect(state.get('importBase', id)).toBeDefined();
	});

	it('printed for the last time three days ago, and saved everything it printed', () => {
		expect(printRuns.length).toBeGreaterThan(60);
		expect(printRuns.every(({ savedAt }) => savedAt !== null)).toBe(true);
		const last = printRuns.map(({ madeAt }) => madeAt.slice(0, 10)).sort();
		expect(last.at(-1)).toBe(addDays(today, -3));
	});

	it('carries a password of the right kind beside every mutation that issues one', () => {
		const issued = demo.steps.filter(
			({ mutation, secrets }) => secrets && mutation.name.startsWith('leerId.')
		);
		const cards = [...state.all('credentialCard')];
		expect(issued).toHaveLength(cards.length);
		for (const { mutation, secrets } of issued) {
			expect(Object.keys(secrets ?? {})).toEqual([
				(mutation.args as { secretId: string }).secretId
			]);
		}
		for (const { id } of state.all('pupil')) {
			const leerId = leerIdOf(state, id);
			const secretId = leerId?.secretId ?? '';
			const secret = demo.steps.find(({ secrets }) => secrets?.[secretId]);
			const kind = secret?.secrets?.[secretId]?.kind;
			if (leerId) expect(kind ?? 'own').toBe(leerId.passwordKind);
		}
	});

	it('has parents with an account and a letter, and others who still wait for one', () => {
		const accounts = [...state.all('account')].filter(({ role }) => role === 'guardian');
		expect(accounts.length).toBeGreaterThan(200);
		expect(state.count('guardian') - accounts.length).toBeGreaterThan(200);
		expect(accounts.filter(({ issuedAt }) => issuedAt !== null).length).toBeGreaterThan(30);
		const secrets = new Map(demo.steps.flatMap((step) => Object.entries(step.secrets ?? {})));
		for (const { issuedAt, secretId } of accounts) {
			expect(secrets.get(secretId ?? '')?.kind).toBe(issuedAt ? 'temporary' : undefined);
		}
		expect(state.count('signInBlock')).toBe(1);
		expect(state.count('signInReport')).toBe(1);
	});

	it('has a teacher for every group, who sees its pupils and nobody else', () => {
		const teachers = [...state.all('account')].filter(({ role }) => role === 'teacher');
		expect(teachers).toHaveLength(18);
		for (const { id, groupIds } of teachers) {
			const actor = actorFor(id, state, today);
			const held = actor && scopesFor(actor, state, today);
			const seen = [...state.all('pupil')].filter((pupil) => held && maySee(held, pupil));
			expect(seen.length).toBeGreaterThan(10);
			expect(seen.every(({ groupId }) => groupIds.includes(groupId ?? ''))).toBe(true);
		}
	});

	it('is the same every time', () => {
		expect(demoSchool({ today, account: demoAccount, keys })).toEqual(demo);
	});

	it('tells its year in order', () => {
		const moments = demo.steps.map(({ mutation }) => mutation.madeAt);
		for (const [index, moment] of moments.entries()) {
			// A run of prints is saved seconds after it was made.
			const before = Date.parse(moments[index - 1] ?? moment);
			expect(Date.parse(moment)).toBeGreaterThan(before - 60_000);
		}
		expect(moments[0]?.slice(0, 10) ?? '').toBe('2025-12-05');
	});
});

describe('on the awkward days of a year', () => {
	it.each(['2026-08-31', '2026-09-01', '2026-10-31', '2027-01-02', '2028-02-29', '2027-07-18'])(
		'on %s every mutation is accepted and none is from the future',
		(date) => {
			const made = demoSchool({ today: date, account: demoAccount, keys });
			const school = stateOf(made);
			const enrolled = [...school.all('enrolment')].filter(({ to }) => to >= date);
			expect(enrolled).toHaveLength(388);
			expect(school.count('leerId')).toBeGreaterThan(370);
			expect([...school.all('leerId')].filter(({ email }) => email).length).toBeGreaterThan(8);
			expect(made.steps.every((step) => step.today < date)).toBe(true);
			expect([...school.all('importRun')]).toHaveLength(3);
			const kept: AnyRecord[] = [...school.all('history')];
			expect(kept.length).toBeGreaterThan(3000);
		}
	);
});
