import { describe, expect, it } from 'vitest';
import type { Account } from '#lib/domain/accounts/kinds.ts';
import type { AnyRecord } from '#lib/domain/registry/records.ts';
import {
	enrolmentRecord,
	firstAccount,
	group,
	pupilRecord,
	school
} from '#lib/domain/testing/test-school.ts';
import { openStore } from '../store/open-store.ts';
import { pruneRemovals } from '../store/read-changes.ts';
import { longestWaitBefore } from './school-day.ts';
import { TestEndpoint } from './testing.ts';

const otherGroup = { kind: 'group', id: 'group-2', name: '5de leerjaar' } as const;
const teacher: Account = {
	...firstAccount,
	id: 'teacher-1',
	userName: 'bart.maes',
	role: 'teacher',
	rights: [],
	groupIds: ['group-1']
};
const people = [
	...['a', 'b'].map((id) => pupilRecord(id)),
	...['c', 'd'].map((id) => pupilRecord(id, { groupId: 'group-2' })),
	...['a', 'b', 'c', 'd'].map((id) => enrolmentRecord(id))
];
const records: AnyRecord[] = [group, otherGroup, teacher, ...people];

async function endpointWith(...[options]: Parameters<typeof TestEndpoint.open>) {
	const endpoint = await TestEndpoint.open(options);
	await endpoint.addSchool('school-1', records);
	return endpoint;
}

function pupilsOn(device: { readonly records: ReadonlyMap<string, AnyRecord> }): string[] {
	const held = [...device.records.values()];
	return held.filter(({ kind }) => kind === 'pupil').map(({ id }) => id);
}

function groups(from: readonly string[], to: readonly string[]) {
	return { accountId: 'teacher-1', edit: { groupIds: [from, to] } } as const;
}

describe('a teacher', () => {
	it('gets their own groups, loses them, and gets them back', async () => {
		const endpoint = await endpointWith();
		const desk = endpoint.device('school-1');
		const tablet = endpoint.device('school-1', 'teacher-1');
		await tablet.sync();
		expect(pupilsOn(tablet)).toEqual(['a', 'b']);
		desk.add('account.edit@1', groups(['group-1'], ['group-2']));
		await desk.sync();
		const moved = tablet.take(await tablet.send());
		expect(moved.lostScopes).toContain('pupil/a/name');
		expect(moved.more).toBe(false);
		expect(pupilsOn(tablet)).toEqual(['c', 'd']);
		desk.add('account.edit@1', groups(['group-2'], ['group-1', 'group-2']));
		await desk.sync();
		await tablet.sync();
		expect(pupilsOn(tablet).sort()).toEqual(['a', 'b', 'c', 'd']);
	});

	it('keeps a group until the outbox has been sent', async () => {
		const endpoint = await endpointWith();
		const desk = endpoint.device('school-1');
		const tablet = endpoint.device('school-1', 'teacher-1');
		await tablet.sync();
		desk.add('account.edit@1', groups(['group-1'], []));
		await desk.sync();
		const half = tablet.take(await tablet.send({ unsent: true }));
		expect(half).toMatchObject({ lostScopes: [], more: false });
		expect(pupilsOn(tablet)).toEqual(['a', 'b']);
		await tablet.sync();
		expect(pupilsOn(tablet)).toEqual([]);
	});
});

describe('an answer in parts', () => {
	it('comes to the same as one', async () => {
		const endpoint = await endpointWith({ answerLimit: { rows: 2, length: 1_000_000 } });
		const inParts = endpoint.device('school-1');
		let parts = 1;
		while (inParts.take(await inParts.send()).more) parts++;
		expect(parts).toBeGreaterThan(4);
		const atOnce = new TestEndpoint(endpoint.store).device('school-1');
		await atOnce.sync();
		expect(inParts.held).toEqual(atOnce.held);
	});

	it('ends with what was written meanwhile', async () => {
		const endpoint = await endpointWith({ answerLimit: { rows: 2, length: 1_000_000 } });
		const reader = endpoint.device('school-1');
		const writer = endpoint.device('school-1');
		for (let part = 0; ; part++) {
			if (part < 12) {
				const edit = { lockAfterMinutes: [15 + part, 16 + part] } as const;
				writer.add('school.changeSettings@1', { edit });
				await writer.send();
				writer.outbox = [];
			}
			if (!reader.take(await reader.send()).more) break;
		}
		expect(reader.records.get(`school school-1`)).toMatchObject({ lockAfterMinutes: 27 });
		const fresh = endpoint.device('school-1');
		await fresh.sync();
		expect(reader.held).toEqual(fresh.held);
	});

	it('stops giving a scope that is lost meanwhile', async () => {
		const endpoint = await endpointWith({ answerLimit: { rows: 1, length: 1_000_000 } });
		const desk = endpoint.device('school-1');
		const tablet = endpoint.device('school-1', 'teacher-1');
		tablet.take(await tablet.send());
		desk.add('account.edit@1', groups(['group-1'], []));
		await desk.send();
		for (;;) {
			const answer = tablet.take(await tablet.send());
			expect(answer.puts.filter(({ kind }) => kind === 'pupil')).toEqual([]);
			if (!answer.more) break;
		}
		expect(pupilsOn(tablet)).toEqual([]);
	});
});

describe('a cookie', () => {
	it('from before a backup was restored is read afresh, and its client numbers anew', async () => {
		const endpoint = await endpointWith();
		const device = endpoint.device('school-1');
		device.add('print.start@1', { printRunId: 'run', title: 'A', cardCount: 1 });
		await device.sync();
		await endpoint.store.write('school-1', ({ db }) =>
			db.updateTable('counter').set({ epoch: 'restored' }).execute()
		);
		expect(await device.send()).toMatchObject({ kind: 'renumber' });
		device.clientId = 'after';
		device.nextNumber = 1;
		device.add('print.start@1', { printRunId: 'run-2', title: 'A', cardCount: 1 });
		device.take(await device.send({ unsent: true }));
		const answer = device.take(await device.send());
		expect(answer).toMatchObject({ afresh: true, more: false });
		expect(device.cookie?.epoch).toBe('restored');
		expect([...device.records.keys()]).toEqual(
			expect.arrayContaining(['printRun run', 'printRun run-2'])
		);
	});

	it('from before removals were forgotten, after half a year, is read afresh', async () => {
		const endpoint = await endpointWith();
		const desk = endpoint.device('school-1');
		const block = { accountId: 'teacher-1', cause: 'administration' } as const;
		desk.add('signIn.block@1', block);
		await desk.sync();
		const away = endpoint.device('school-1');
		await away.sync();
		desk.add('signIn.unblock@1', { accountId: 'teacher-1' });
		await desk.sync();
		const later = (days: number) => {
			endpoint.now = new Date(endpoint.now.getTime() + days * 86_400_000);
			desk.add('print.start@1', { printRunId: `run-${days}`, title: 'A', cardCount: 1 });
			const { store, now } = endpoint;
			return store.write('school-1', (tx) => pruneRemovals(tx, longestWaitBefore(now), 100));
		};
		await later(179);
		await desk.sync();
		expect(await away.send()).toMatchObject({ afresh: false, removes: [{ kind: 'signInBlock' }] });
		await later(2);
		await desk.sync();
		expect(await away.send()).toMatchObject({ afresh: true });
		await away.sync();
		expect(away.held).toEqual(desk.held);
		expect(await away.send()).toMatchObject({ afresh: false, puts: [] });
	});
});

it('costs what changed, and not what the school holds', async () => {
	const rowsFor = async (pupils: number) => {
		let rows = 0;
		const store = await openStore({ kind: 'memory' }, (count) => (rows += count));
		const endpoint = new TestEndpoint(store);
		const many = Array.from({ length: pupils }, (_, at) => pupilRecord(`p${at}`));
		await endpoint.addSchool('school-1', [group, ...many]);
		const device = endpoint.device('school-1');
		await device.sync();
		const other = endpoint.device('school-1');
		other.add('school.changeSettings@1', { edit: { name: [school.name, 'De Sleutel'] } });
		await other.send();
		rows = 0;
		expect((await device.send()) as unknown).toMatchObject({ puts: { length: 2 } });
		return rows;
	};
	const few = await rowsFor(20);
	expect(few).toBeLessThan(12);
	expect(await rowsFor(2000)).toBe(few);
});
