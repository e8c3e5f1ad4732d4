import { describe, expect, it } from 'vitest';
import type { Account } from '#lib/domain/accounts/kinds.ts';
import type { AnyRecord } from '#lib/domain/registry/records.ts';
import type { GuardianContact } from '#lib/domain/people/kinds.ts';
import { firstAccount, group, pupilRecord, school } from '#lib/domain/testing/test-school.ts';
import { schemaVersion } from '#lib/protocol/limits.ts';
import { TestEndpoint, type TestDevice } from './testing.ts';

const guardian: AnyRecord = {
	kind: 'guardian',
	id: 'guardian-1',
	givenName: 'Fatima',
	initials: 'F.',
	namePrefix: '',
	familyName: 'Bogdan'
};
const contact: GuardianContact = {
	kind: 'guardianContact',
	id: 'guardian-1',
	street: 'Kerkstraat',
	houseNumber: '1',
	postcode: '9000',
	city: 'Gent',
	phone: '',
	email: ''
};
const account: Account = {
	...firstAccount,
	id: 'parent-1',
	userName: 'fbogdan',
	role: 'guardian',
	rights: [],
	guardianId: 'guardian-1'
};
const colleague: Account = { ...firstAccount, id: 'account-9', userName: 'bart.maes' };
const records = [group, pupilRecord('a'), guardian, contact, account, colleague];

async function endpointWithSchools() {
	const endpoint = await TestEndpoint.open();
	await endpoint.addSchool('school-1', records);
	await endpoint.addSchool('school-2', [group, pupilRecord('secret')]);
	return endpoint;
}

function refused(device: TestDevice) {
	return device.sync().then((results) => results.map(({ refusal }) => refusal?.code ?? null));
}

describe('an attack fails:', () => {
	it("another school's ids", async () => {
		const endpoint = await endpointWithSchools();
		const device = endpoint.device('school-1');
		device.add('leerId.create@1', {
			leerIdId: 'leerId-x',
			pupilId: 'secret',
			type: 'basic',
			userName: 'x.secret',
			passwordKind: 'word',
			secretId: 'secret-x',
			cardId: 'card-x',
			printRunId: 'run'
		});
		expect(await refused(device)).toEqual(['notFound']);
		expect(device.held.join()).not.toContain('"id":"secret"');
	});

	it("a school's account at another school", async () => {
		const endpoint = await endpointWithSchools();
		const device = endpoint.device('school-2', 'parent-1');
		expect(await device.send()).toEqual({ kind: 'refused', code: 'signedOut' });
	});

	it('a school that there is not', async () => {
		const endpoint = await endpointWithSchools();
		expect(await endpoint.device('school-3').send()).toEqual({ kind: 'refused', code: 'notFound' });
	});

	it('a guardian who asks for scopes in the cookie', async () => {
		const endpoint = await endpointWithSchools();
		const phone = endpoint.device('school-1', 'parent-1');
		await phone.sync();
		const wanted = ['school', 'school/name', 'school/administration', 'pupil/a/name', 'history/a'];
		const { epoch = '', version = 0 } = phone.cookie ?? {};
		const before = new Set(phone.held);
		for (const at of [0, version]) {
			for (const reading of [
				null,
				{ since: version, gained: wanted, position: ['', 0, 'group', '-'] as const }
			]) {
				const answer = await phone.send({
					cookie: { epoch, version: at, scopes: wanted, reading }
				});
				const { puts, scopes, removes } = phone.take(answer);
				expect(puts.filter((put) => !before.has(JSON.stringify(put)))).toEqual([]);
				expect(scopes.every((scope) => !scope.startsWith('school/'))).toBe(true);
				expect(removes).toEqual([]);
			}
		}
	});

	it('a cookie from the future, or of another school', async () => {
		const endpoint = await endpointWithSchools();
		const device = endpoint.device('school-1');
		await device.sync();
		const cookie = { ...device.cookie, version: 1e9 };
		expect(await device.send({ cookie })).toMatchObject({ afresh: true });
		const other = endpoint.device('school-2');
		await other.sync();
		const stranger = endpoint.device('school-1');
		expect(await stranger.send({ cookie: other.cookie })).toMatchObject({ afresh: true });
	});

	it("another account's outbox, which stays free to be sent by them", async () => {
		const endpoint = await endpointWithSchools();
		const args = { printRunId: 'run', title: 'A', cardCount: 1 };
		const thief = endpoint.device('school-1', 'account-9');
		const uid = thief.add('print.start@1', args, { actorId: 'account-1' });
		expect(await refused(thief)).toEqual(['notAllowed']);
		const owner = endpoint.device('school-1');
		owner.add('print.start@1', args, { uid });
		expect(await refused(owner)).toEqual([null]);
	});

	it('a schema that no app has: it gets nothing by it, and loses nothing', async () => {
		const endpoint = await endpointWithSchools();
		const device = endpoint.device('school-1');
		await device.sync();
		const { held, cookie } = device;
		for (const schema of [schemaVersion + 1, 1e9, Number.MAX_SAFE_INTEGER]) {
			for (const from of [null, cookie]) {
				expect(await device.send({ schema, cookie: from })).toEqual({
					kind: 'refused',
					code: 'busy'
				});
			}
		}
		expect(await device.send({ schema: 0, cookie: null })).toEqual({ kind: 'update' });
		for (const schema of [-1, 0.5, schemaVersion + 0.5, 2 ** 53, '1', null, [1]]) {
			await expect(device.send({ schema })).rejects.toThrow('Not a request');
		}
		await device.sync();
		expect(device.held).toEqual(held);
	});

	it('a request for another account than the session is of', async () => {
		const endpoint = await endpointWithSchools();
		const phone = endpoint.device('school-1', 'parent-1');
		const code = 'notAllowed';
		expect(await phone.send({ account: 'account-1' })).toEqual({ kind: 'refused', code });
	});

	it("another account's numbering", async () => {
		const endpoint = await endpointWithSchools();
		const owner = endpoint.device('school-1');
		owner.add('print.saved@1', { printRunId: 'nothing' });
		await owner.send();
		const phone = endpoint.device('school-1', 'parent-1');
		phone.clientId = owner.clientId;
		const renumber = { kind: 'renumber', lastMadeAt: null };
		expect(await phone.send({ confirmed: 9 })).toEqual(renumber);
		phone.nextNumber = 2;
		phone.add('print.start@1', { printRunId: 'run', title: 'A', cardCount: 1 });
		expect(await phone.send({ confirmed: 9 })).toEqual(renumber);
		expect(await refused(owner)).toEqual(['notFound']);
	});

	it('a mutation dated back or forth', async () => {
		const endpoint = await endpointWithSchools();
		const device = endpoint.device('school-1');
		const start = (printRunId: string, madeAt: string) =>
			device.add('print.start@1', { printRunId, title: 'A', cardCount: 1 }, { madeAt });
		start('old', '1999-01-01T00:00:00.000Z');
		start('now', '2026-11-20T10:00:00.000Z');
		start('back', '2026-11-19T10:00:00.000Z');
		start('future', '2030-01-01T00:00:00.000Z');
		await device.sync();
		const made = ['old', 'now', 'back', 'future'].map(
			(id) => device.records.get(`printRun ${id}`) as { madeAt?: string }
		);
		expect(made.map(({ madeAt }) => madeAt)).toEqual([
			'2026-05-25T10:00:00.000Z',
			'2026-11-20T10:00:00.000Z',
			'2026-11-20T10:00:00.000Z',
			'2026-11-21T10:00:00.000Z'
		]);
	});

	it('arguments that reach a prototype, are of another shape, or name no mutation', async () => {
		const endpoint = await endpointWithSchools();
		const device = endpoint.device('school-1');
		const polluted = '{"printRunId":"x","__proto__":{"role":"administration"}}';
		device.add('print.saved@1', JSON.parse(polluted) as never);
		device.add('print.saved@1', JSON.parse('['.repeat(5000) + ']'.repeat(5000)) as never);
		device.add('account.archive@1', { accountId: ['account-1'] } as never);
		device.add('constructor' as never, {} as never);
		device.add('school.changeSettings@1', { edit: { name: [school.name, 'x', 'y'] } } as never);
		device.add('print.start@1', { printRunId: 'run', title: 'A', cardCount: 1 });
		const codes = await refused(device);
		expect(codes).toEqual([...Array<string>(5).fill('invalidValue'), null]);
		expect({}).not.toHaveProperty('role');
	});

	it('a password under the id of one that there is', async () => {
		const endpoint = await endpointWithSchools();
		const device = endpoint.device('school-1');
		const secrets = { 'secret-9': { kind: 'temporary', text: 'Xy7pQr2m' } } as const;
		const first = { accountId: 'account-9', fromSecretId: null, secretId: 'secret-9' };
		device.add('account.renew@1', first, { secrets });
		device.add('account.renew@1', { ...first, accountId: 'parent-1' }, { secrets });
		expect(await refused(device)).toEqual([null, 'invalidValue']);
		device.add('account.renew@1', { ...first, accountId: 'parent-1' }, { secrets });
		expect(await refused(device)).toEqual(['invalidValue']);
	});

	it("a password that is somebody else's, of before or of the same request", async () => {
		const endpoint = await endpointWithSchools();
		const device = endpoint.device('school-1');
		const secrets = { 'secret-9': { kind: 'temporary', text: 'Xy7pQr2m' } } as const;
		const named = { accountId: 'account-9', fromSecretId: null, secretId: 'secret-9' };
		device.add('account.renew@1', named, { secrets });
		device.add('account.renew@1', { ...named, accountId: 'parent-1' });
		expect(await refused(device)).toEqual([null, 'invalidValue']);
		device.add('account.renew@1', { ...named, accountId: 'parent-1' });
		expect(await refused(device)).toEqual(['invalidValue']);
	});

	it('a guardian who does what only staff may', async () => {
		const endpoint = await endpointWithSchools();
		const phone = endpoint.device('school-1', 'parent-1');
		phone.add('school.changeSettings@1', { edit: { name: [school.name, 'Mijn school'] } });
		phone.add('account.archive@1', { accountId: 'account-1' });
		phone.add('signIn.block@1', { accountId: 'account-1', cause: 'wrongPasswords' });
		expect(await refused(phone)).toEqual(['notAllowed', 'notAllowed', 'notAllowed']);
	});
});

describe('a password', () => {
	it('that a device sends again without, after a backup was restored, leaves the account its record', async () => {
		const endpoint = await endpointWithSchools();
		const device = endpoint.device('school-1');
		const made = { ...colleague, id: 'account-10', userName: 'els.claes', secretId: 'secret-10' };
		device.add('account.create@1', { account: made });
		expect(await refused(device)).toEqual([null]);
		const rows = await endpoint.store.read('school-1', ({ db }) =>
			db.selectFrom('secret').select('id').execute()
		);
		expect(rows).toEqual([]);
	});

	it('is sealed on arrival, and in no record, audit entry or answer', async () => {
		const endpoint = await endpointWithSchools();
		const device = endpoint.device('school-1');
		const secrets = { 'secret-9': { kind: 'temporary', text: 'Xy7pQr2m' } } as const;
		const args = { accountId: 'account-9', fromSecretId: null, secretId: 'secret-9' };
		device.add('account.renew@1', args, { secrets });
		await device.sync();
		const everything = await endpoint.store.read('school-1', async ({ db }) => ({
			secret: await db.selectFrom('secret').selectAll().execute(),
			record: await db.selectFrom('record').selectAll().execute(),
			audit: await db.selectFrom('audit').selectAll().execute(),
			payload: await db.selectFrom('audit_payload').selectAll().execute(),
			outcome: await db.selectFrom('outcome').selectAll().execute()
		}));
		expect(JSON.stringify(everything)).not.toContain('Xy7pQr2m');
		expect(device.held.join()).not.toContain('Xy7pQr2m');
		expect(everything.secret).toMatchObject([{ id: 'secret-9', account: 'account-9', hash: null }]);
	});
});
