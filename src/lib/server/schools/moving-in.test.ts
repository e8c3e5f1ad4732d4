import { describe, expect, it } from 'vitest';
import type { AnyRecord } from '#lib/domain/registry/records.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import { firstAccount, school, TestSchool } from '#lib/domain/testing/test-school.ts';
import { allSamples, everyRecord } from '#lib/domain/testing/every-kind.ts';
import { parseJoinPart } from '#lib/protocol/join.ts';
import { foundSchool } from './founding.ts';
import { claimInvitation } from './invitation.ts';
import { openSchool, takePart } from './moving-in.ts';
import { TestEndpoint } from '../sync/testing.ts';

const token = 'token-AAAAAAAAAAAAAAAAAA';
const inviteHash = 'hash';
const also = () => Promise.resolve();

async function invitingEndpoint(number = school.number) {
	const endpoint = await TestEndpoint.open();
	const row = { id: 'invited', number, name: '', invite_hash: inviteHash, made_at: '' };
	await endpoint.store.writeOutside(({ db }) =>
		db
			.insertInto('schools')
			.values({ ...row, state: 'invited' })
			.execute()
	);
	return endpoint;
}

/** A school as it was kept on one device, with its history. */
function localSchool() {
	const local = new TestSchool('a', 'b');
	local.withLeerId('a');
	local.make('school.changeSettings@1', { edit: { lockAfterMinutes: [15, 30] } });
	const records = everyRecord(local.state);
	const secret = { kind: 'word', text: 'zal659' } as const;
	return { local, records, secrets: [{ id: 'secret-a-1', account: 'leerId-a', secret }] };
}

function mover(endpoint: TestEndpoint) {
	const { store, keys } = endpoint;
	const tools = { store, keys, clock: () => endpoint.now };
	return {
		part: (part: number, records: readonly AnyRecord[], secrets: unknown = []) => {
			const sent = { token, school: 'school-1', part, records, secrets };
			const parsed = parseJoinPart(JSON.parse(JSON.stringify(sent)));
			if (!parsed) throw new Error('Not a part');
			return takePart(tools, parsed, inviteHash);
		},
		open: (whole: { records: number; secrets: number }, school: Id = 'school-1') =>
			openSchool(tools, { token, school, whole }, { inviteHash, also })
	};
}

describe('a school that moves in', () => {
	it('opens when it is whole, with its history', async () => {
		const endpoint = await invitingEndpoint();
		const { local, records, secrets } = localSchool();
		const moving = mover(endpoint);
		const whole = { records: records.length, secrets: 1 };
		expect(await moving.part(0, records.slice(0, 5))).toBeNull();
		expect(await moving.open(whole)).toBe('conflict');
		const device = endpoint.device('school-1');
		expect(await device.send()).toMatchObject({ kind: 'refused' });
		expect(await moving.part(1, records.slice(5), secrets)).toBeNull();
		expect(await moving.part(1, records.slice(5), secrets)).toBeNull();
		expect(await moving.open(whole)).toBeNull();
		const uid = device.add('change.undo@1', { uid: local.uid, except: [] });
		expect(await device.sync()).toEqual([{ uid, number: 1, refusal: null }]);
		expect(device.records.get('school school-1')).toMatchObject({ lockAfterMinutes: 15 });
		expect(device.records.size).toBe(records.length + 1);
		expect(await moving.part(0, records)).toBe('notFound');
		expect(await moving.open(whole)).toBe('notFound');
	});

	it('may bring an entry of its history twice in one part', async () => {
		const endpoint = await invitingEndpoint();
		const { records, secrets } = localSchool();
		const moving = mover(endpoint);
		const entries = records.filter(({ kind }) => kind === 'history');
		expect(entries.length).toBeGreaterThan(0);
		expect(await moving.part(0, [...records, ...entries], secrets)).toBeNull();
		expect(await moving.open({ records: records.length, secrets: 1 })).toBeNull();
	});

	it('may bring undos that go round in a circle: nobody waits for their end', async () => {
		const endpoint = await invitingEndpoint();
		const { local, records, secrets } = localSchool();
		const [entry] = local.state.find('historyByUid', local.uid);
		if (!entry) throw new Error('No history');
		const around = { ...entry, id: 'round-0', uid: 'round', undoes: 'round' };
		const moving = mover(endpoint);
		expect(await moving.part(0, [...records, around], secrets)).toBeNull();
		expect(await moving.open({ records: records.length + 1, secrets: 1 })).toBeNull();
		const device = endpoint.device('school-1');
		device.add('change.undo@1', { uid: 'round', except: [] });
		expect(await device.sync()).toMatchObject([{ refusal: { code: 'notFound' } }]);
	});

	it('may begin anew, and leaves nothing of what it sent before', async () => {
		const endpoint = await invitingEndpoint();
		const { records } = localSchool();
		const moving = mover(endpoint);
		await moving.part(0, records);
		const fewer = records.filter(({ kind }) => kind !== 'printRun');
		expect(await moving.part(0, fewer)).toBeNull();
		expect(await moving.open({ records: fewer.length, secrets: 0 })).toBeNull();
		const device = endpoint.device('school-1');
		await device.sync();
		expect(device.records.size).toBe(fewer.length);
	});

	it('is the one that was invited', async () => {
		const endpoint = await invitingEndpoint('99999');
		expect(await mover(endpoint).part(0, localSchool().records)).toBe('conflict');
		const uninvited = await TestEndpoint.open();
		expect(await mover(uninvited).part(0, localSchool().records)).toBe('notFound');
	});

	it('takes the place of no other school', async () => {
		const endpoint = await invitingEndpoint();
		await endpoint.addSchool('school-1');
		expect(await mover(endpoint).part(0, localSchool().records)).toBe('conflict');
		const device = endpoint.device('school-1');
		await device.sync();
		expect(device.records.has('account account-1')).toBe(true);
	});

	it('has records of known shapes', () => {
		const part = { token, school: 'school-1', part: 0, secrets: [] };
		const whole = { ...part, records: allSamples };
		expect(parseJoinPart(JSON.parse(JSON.stringify(whole)))).toEqual(whole);
		for (const sample of allSamples) {
			expect(parseJoinPart({ ...part, records: [{ ...sample, isGod: true }] })).toBeNull();
		}
		for (const record of [{ ...firstAccount, isGod: true }, { kind: '__proto__', id: 'x' }, null]) {
			expect(parseJoinPart({ ...part, records: [record] })).toBeNull();
		}
	});
});

describe('a school that is made here', () => {
	const cardKey = {
		kind: 'cardKey',
		id: 'key',
		number: 1,
		publicKey: '',
		retiredAt: null
	} as const;
	const cardKeyPrivate = { kind: 'cardKeyPrivate', id: 'key', privateKey: '' } as const;

	function founding(fields: object = {}) {
		const args = {
			school: { ...school, ...fields },
			account: firstAccount,
			cardKey,
			cardKeyPrivate
		};
		const mutation = {
			name: 'school.create@1',
			args,
			uid: 'uid-1',
			batch: null,
			actorId: firstAccount.id,
			madeAt: '2026-11-21T10:00:00.000Z'
		};
		return { mutation, inviteHash, also };
	}

	it('begins with the same mutation as on a device', async () => {
		const endpoint = await invitingEndpoint();
		expect(await foundSchool(endpoint, founding())).toEqual({ ok: true });
		const device = endpoint.device('school-1');
		await device.sync();
		expect(device.records.get('cardKeyPrivate key')).toBeDefined();
		expect(await foundSchool(endpoint, founding())).toEqual({ ok: false, why: 'notFound' });
	});

	it('may be tried again under another id when it was refused', async () => {
		const endpoint = await invitingEndpoint();
		const refused = await foundSchool(endpoint, founding({ id: 'school-7', name: ' ' }));
		expect(refused).toMatchObject({ ok: false, why: { code: 'invalidValue', field: 'name' } });
		expect(await foundSchool(endpoint, founding({ number: '99999' }))).toMatchObject({
			why: { field: 'number' }
		});
		expect(await foundSchool(endpoint, founding())).toEqual({ ok: true });
	});
});

describe('a school that opens while its invitation begins anew', () => {
	it('stays whole', async () => {
		const endpoint = await invitingEndpoint();
		const { records, secrets } = localSchool();
		const moving = mover(endpoint);
		await moving.part(0, records, secrets);
		const { store } = endpoint;
		const opening: Parameters<typeof claimInvitation>[0] = {
			write: (id, work) => store.write(id, work),
			writeOutside: (work) => store.writeOutside(work),
			readOutside: async (work) => {
				const found = await store.readOutside(work);
				expect(await moving.open({ records: records.length, secrets: 1 })).toBeNull();
				return found;
			}
		};
		const claim = { school: 'another-school', inviteHash };
		expect(await claimInvitation(opening, claim)).toBe('notFound');
		expect(await endpoint.records('school-1')).toHaveLength(records.length);
	});
});
