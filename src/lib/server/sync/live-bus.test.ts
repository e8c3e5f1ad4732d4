import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
	enrolmentRecord,
	firstAccount,
	group,
	pupilRecord,
	school
} from '#lib/domain/testing/test-school.ts';
import type { ArgsOf, MutationName } from '#lib/domain/registry/mutations.ts';
import type { Account } from '#lib/domain/accounts/kinds.ts';
import { LiveBus } from './live-bus.ts';
import { TestEndpoint } from './testing.ts';

const teacher: Account = {
	...firstAccount,
	id: 'teacher-1',
	userName: 'bart.maes',
	role: 'teacher',
	rights: [],
	groupIds: []
};

beforeEach(() =>
	vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] })
);
afterEach(() => vi.useRealTimers());

async function listening(account: string) {
	const endpoint = await TestEndpoint.open({ live: { every: 2000, jitter: 500 } });
	await endpoint.addSchool('school-1', [group, pupilRecord('a'), enrolmentRecord('a'), teacher]);
	const pokes: (readonly string[] | null)[] = [];
	const { live } = endpoint.schools;
	const version = await live.version('school-1');
	const stop = live.listen({ school: 'school-1', account, version }, (scopes) =>
		pokes.push(scopes)
	);
	const next = async () => {
		await live.tick();
		vi.advanceTimersByTime(500);
		return pokes.splice(0);
	};
	await next();
	const desk = endpoint.device('school-1');
	const change = async <Name extends MutationName>(name: Name, args: ArgsOf<Name>) => {
		desk.add(name, args);
		await desk.sync();
	};
	return { endpoint, next, change, stop };
}

const startPrint = (printRunId: string) =>
	['print.start@1', { printRunId, title: 'A', cardCount: 1 }] as const;

describe('who listens', () => {
	it('is told once which of their scopes were touched', async () => {
		const { next, change } = await listening('account-1');
		await change(...startPrint('one'));
		await change(...startPrint('two'));
		expect(await next()).toEqual([['school/administration']]);
		expect(await next()).toEqual([]);
	});

	it('is told nothing of scopes that they do not hold', async () => {
		const { next, change } = await listening('teacher-1');
		await change(...startPrint('one'));
		expect(await next()).toEqual([]);
		const edit = { name: [school.name, 'De Sleutel'] } as const;
		await change('school.changeSettings@1', { edit });
		expect(await next()).toEqual([['school', 'school/staff']]);
	});

	it('is told of scopes that they gain', async () => {
		const { next, change } = await listening('teacher-1');
		const edit = { groupIds: [[], ['group-1']] } as const;
		await change('account.edit@1', { accountId: 'teacher-1', edit });
		const [poke] = await next();
		expect(poke).toContain('pupil/a/name');
	});

	it('is told of what they may have lost before it was known what they held', async () => {
		const source = {
			version: () => Promise.resolve(2),
			touchedSince: () => Promise.resolve(new Set<string>()),
			held: () => Promise.resolve(new Map([['guardian', new Set(['account/guardian'])]]))
		};
		const report = (error: unknown) => expect.fail(String(error));
		const bus = new LiveBus(source, { every: 2000, jitter: 500 }, report);
		const pokes: unknown[] = [];
		const from = { school: 'school-1', account: 'guardian', version: 1 };
		const stop = bus.listen(from, (scopes) => pokes.push(scopes));
		bus.touched('school-1', 2, new Set(['pupil/a/name']));
		for (const expected of [[[]], [[]]]) {
			await bus.tick();
			vi.advanceTimersByTime(500);
			expect(pokes).toEqual(expected);
		}
		stop();
	});

	it('is told what another process wrote before this one first looked', async () => {
		const source = {
			version: () => Promise.resolve(6),
			touchedSince: (_: string, version: number) =>
				Promise.resolve(new Set(version === 5 ? ['school'] : [])),
			held: () => Promise.resolve(new Map([['teacher', new Set(['school', 'school/staff'])]]))
		};
		const report = (error: unknown) => expect.fail(String(error));
		const bus = new LiveBus(source, { every: 2000, jitter: 500 }, report);
		const pokes: unknown[] = [];
		const from = { school: 'school-1', account: 'teacher', version: 5 };
		const stop = bus.listen(from, (scopes) => pokes.push(scopes));
		await bus.tick();
		vi.advanceTimersByTime(500);
		expect(pokes).toEqual([['school']]);
		stop();
	});

	it('is told that they are signed out', async () => {
		const { next, change } = await listening('teacher-1');
		await change('account.archive@1', { accountId: 'teacher-1' });
		expect(await next()).toEqual([null]);
	});

	it('is told what another process wrote', async () => {
		const { endpoint, next } = await listening('account-1');
		const other = new TestEndpoint(endpoint.store);
		const desk = other.device('school-1');
		desk.add(...startPrint('one'));
		await desk.sync();
		expect(await next()).toEqual([['school/administration']]);
		expect(await next()).toEqual([]);
	});

	it('is told nothing once they have stopped', async () => {
		const { next, change, stop } = await listening('account-1');
		await change(...startPrint('one'));
		stop();
		expect(await next()).toEqual([]);
		expect(vi.getTimerCount()).toBe(0);
	});
});
