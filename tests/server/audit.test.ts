import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '#lib/crypto/random.ts';
import type { ArgsOf, MutationName } from '#lib/domain/registry/mutations.ts';
import {
	auditLines,
	auditPage,
	parseAuditPage,
	parseAuditVerdict,
	type AuditPage,
	type AuditVerdict
} from '#lib/protocol/audit.ts';
import type { SchoolTx } from '#lib/server/store/database.ts';
import { eraseAuditPayload } from '#lib/server/audit/audit.ts';
import { startApp, type App } from './support/app.ts';
import { Browser } from './support/browser.ts';
import { addSchool, otherSchoolId, people, schoolId } from './support/school.ts';
import { browserOf } from './support/sign-in.ts';

let app: App;
let administrator: Browser;
beforeEach(async () => {
	app = await startApp();
	await addSchool(app);
	await addSchool(app, otherSchoolId);
	administrator = await browserOf(app, 'administrator');
});
afterEach(() => app.stop());

/** Has the administrator do something, in one transaction with the rest. */
function make<Name extends MutationName>(
	name: Name,
	all: readonly ArgsOf<Name>[],
	school = schoolId
): Promise<unknown> {
	const actorId = people.administrator.account;
	const madeAt = app.now.toISOString();
	return app.endpoint.schools.write(school, async (writing) => {
		for (const args of all) {
			const mutation = { name, args, uid: newId(), batch: null, actorId, madeAt };
			await writing.make({ mutation, madeAt, actor: writing.actor(actorId) });
		}
	});
}

const print = (printRunId: string) => ({ printRunId, title: 'Groep 6', cardCount: 1 });

async function pageOf(browser: Browser, before: number | null = null): Promise<AuditPage> {
	const { body } = await browser.post('/api/audit', { before });
	const page = parseAuditPage(body);
	if (!page) throw new Error(JSON.stringify(body));
	return page;
}

async function verdictOf(browser: Browser): Promise<AuditVerdict> {
	const { body } = await browser.get('/api/audit/verify');
	const verdict = parseAuditVerdict(body);
	if (!verdict) throw new Error(JSON.stringify(body));
	return verdict;
}

const tamper = (work: (tx: SchoolTx) => Promise<unknown>) =>
	app.endpoint.store.write(schoolId, work);

describe('the audit log', () => {
	test('tells who manages accounts what was done, by whom and about whom, by ids only', async () => {
		await make('account.archive@1', [{ accountId: people.guardian.account }]);
		await make('print.start@1', [print('run')]);
		const { lines, more } = await pageOf(administrator);
		expect(more).toBe(false);
		const by = {
			what: 'mutation',
			at: app.now.toISOString(),
			actorId: people.administrator.account
		};
		expect(lines).toMatchObject([
			{
				seq: 2,
				body: { ...by, mutation: 'print.start@1', refusal: null },
				subject: 'run',
				erased: false
			},
			{
				seq: 1,
				body: { ...by, mutation: 'account.archive@1', refusal: null },
				subject: people.guardian.account,
				erased: false
			}
		]);
		expect(new Set(lines.map(({ mark }) => mark.length))).toEqual(new Set([8]));
	});

	test('tells once an hour how often somebody was refused, and not what', async () => {
		const { account: actorId } = people.administrator;
		await make('print.saved@1', [{ printRunId: 'one' }, { printRunId: 'two' }]);
		expect((await pageOf(administrator)).lines).toEqual([]);
		const from = app.now.toISOString();
		app.now = new Date(app.now.getTime() + 3_600_000);
		await app.endpoint.upkeep.done();
		const at = app.now.toISOString();
		expect((await pageOf(administrator)).lines).toMatchObject([
			{ seq: 1, body: { what: 'refused', at, from, actorId, counts: { notFound: 2 } } }
		]);
		await make('print.saved@1', [{ printRunId: 'three' }]);
		app.now = new Date(app.now.getTime() + 3_600_000);
		await app.endpoint.upkeep.done();
		expect((await pageOf(administrator)).lines).toMatchObject([
			{ seq: 2, body: { what: 'refused', from: at, counts: { notFound: 1 } } },
			{ seq: 1 }
		]);
		expect(await verdictOf(administrator)).toMatchObject({ entries: 2, fault: null });
	});

	test('comes in pages without a gap, whatever is added meanwhile', async () => {
		await make(
			'print.start@1',
			Array.from({ length: auditPage + 5 }, (_, at) => print(`run-${at}`))
		);
		const first = await pageOf(administrator);
		expect([first.lines.length, first.more]).toEqual([auditPage, true]);
		await make('print.start@1', [print('later')]);
		const last = first.lines.at(-1)?.seq ?? 0;
		const second = await pageOf(administrator, last);
		expect(second.more).toBe(false);
		expect([...first.lines, ...second.lines].map(({ seq }) => seq)).toEqual(
			Array.from({ length: auditPage + 5 }, (_, at) => auditPage + 5 - at)
		);
	});

	test('says nothing any more of what was erased, and that it was', async () => {
		await make('account.archive@1', [{ accountId: people.guardian.account }]);
		const { account: actorId } = people.administrator;
		await tamper((tx) => eraseAuditPayload(tx, 1, { actorId, at: app.now.toISOString() }));
		expect((await pageOf(administrator)).lines).toMatchObject([
			{ seq: 2, body: { what: 'erased', actorId, seq: 1 }, erased: false },
			{ seq: 1, body: { mutation: 'account.archive@1' }, subject: null, erased: true }
		]);
		expect(await verdictOf(administrator)).toMatchObject({ entries: 2, fault: null });
	});

	test('is for nobody else: parents, teachers, pupils, administration without the right, strangers', async () => {
		await make('print.start@1', [print('a')]);
		const refused = { status: 403, body: { code: 'notAllowed' } };
		for (const name of ['guardian', 'teacher', 'child'] as const) {
			const browser = await browserOf(app, name);
			expect(await browser.post('/api/audit', { before: null }), name).toMatchObject(refused);
			expect(await browser.get('/api/audit/verify'), name).toMatchObject(refused);
		}
		const stranger = new Browser(app);
		const out = { status: 401, body: { code: 'signedOut' } };
		expect(await stranger.post('/api/audit', { before: null })).toMatchObject(out);
		expect(await stranger.get('/api/audit/verify')).toMatchObject(out);
		await withoutRight();
		expect(await administrator.post('/api/audit', { before: null })).toMatchObject(refused);
		expect(await administrator.get('/api/audit/verify')).toMatchObject(refused);
	});

	test('of another school stays there', async () => {
		await make('print.start@1', [print('a')], otherSchoolId);
		expect(await pageOf(administrator)).toEqual({ lines: [], more: false });
		expect(await verdictOf(administrator)).toEqual({
			entries: 0,
			since: null,
			lastHash: '',
			fault: null
		});
	});

	test('asks for a place in it, and for patience of who asks without end', async () => {
		for (const body of [{}, { before: -1 }, { before: 'x' }]) {
			expect((await administrator.post('/api/audit', body)).body).toEqual({ code: 'badRequest' });
		}
		const { auditsByAccount, verdictsBySchool } = app.endpoint.requests;
		const now = app.now.getTime();
		while (auditsByAccount.take(people.administrator.account, now) === 0);
		while (verdictsBySchool.take(schoolId, now) === 0);
		expect((await administrator.post('/api/audit', { before: null })).status).toBe(429);
		expect((await administrator.get('/api/audit/verify')).status).toBe(429);
	});
});

describe('the chain', () => {
	test('is gone along with lines that say how far it is, for an app that reads them', async () => {
		await make('print.start@1', ['a', 'b'].map(print));
		const asking = { headers: { accept: auditLines } };
		const { status, headers, body } = await administrator.get('/api/audit/verify', asking);
		expect([status, headers.get('content-type')]).toEqual([200, auditLines]);
		const lines = String(body).trimEnd().split('\n');
		expect(parseAuditVerdict(JSON.parse(lines.at(-1) ?? ''))).toMatchObject({
			entries: 2,
			fault: null
		});
		expect(app.endpoint.streams.size).toBe(0);
		const guardian = await browserOf(app, 'guardian');
		expect((await guardian.get('/api/audit/verify', asking)).status).toBe(403);
	});

	test('is gone along from its beginning when asked', async () => {
		const since = app.now.toISOString();
		await make('print.start@1', [print('a')]);
		app.now = new Date(app.now.getTime() + 60_000);
		await make('print.start@1', [print('b')]);
		expect(await verdictOf(administrator)).toEqual({
			entries: 2,
			since,
			lastHash: expect.any(String) as string,
			fault: null
		});
	});

	test.each(['{}', 'no JSON'])(
		'shows a row that was changed into %s, in the list too',
		async (body) => {
			await make('print.start@1', ['a', 'b', 'c'].map(print));
			await tamper(({ db }) =>
				db.updateTable('audit').set({ body }).where('seq', '=', 2).execute()
			);
			expect(await verdictOf(administrator)).toMatchObject({
				entries: 1,
				fault: { seq: 2, fault: 'broken' }
			});
			expect((await pageOf(administrator)).lines).toMatchObject([
				{ seq: 3 },
				{ seq: 2, body: null, subject: null },
				{ seq: 1 }
			]);
		}
	);

	test('shows a row that blames somebody else', async () => {
		await make('print.start@1', ['a', 'b'].map(print));
		await tamper(async ({ db }) => {
			const row = await db
				.selectFrom('audit')
				.select('body')
				.where('seq', '=', 1)
				.executeTakeFirstOrThrow();
			const body = row.body.replace(people.administrator.account, people.teacher.account);
			await db.updateTable('audit').set({ body }).where('seq', '=', 1).execute();
		});
		expect((await pageOf(administrator)).lines[1]).toMatchObject({
			body: { actorId: people.teacher.account }
		});
		expect(await verdictOf(administrator)).toMatchObject({
			entries: 0,
			fault: { seq: 1, fault: 'broken' }
		});
	});

	test('shows what was asked when somebody changed it, and lists it all the same', async () => {
		await make('account.archive@1', [{ accountId: people.guardian.account }]);
		const payload = '{"accountId":"<b>not an id</b>"}';
		await tamper(({ db }) => db.updateTable('audit_payload').set({ payload }).execute());
		expect((await pageOf(administrator)).lines).toMatchObject([{ subject: null, erased: false }]);
		expect(await verdictOf(administrator)).toMatchObject({
			fault: { seq: 1, fault: 'payloadChanged' }
		});
	});
});

/** Somebody else becomes who manages accounts, and the administrator no longer is. */
async function withoutRight(): Promise<void> {
	const { account: accountId } = people.teacher;
	const rights = { role: ['teacher', 'administration'], rights: [[], ['accounts']] } as const;
	await make('account.edit@1', [{ accountId, edit: rights }]);
	const own = await app.endpoint.schools.read(schoolId, ({ state }) =>
		Promise.resolve(state.get('account', people.administrator.account)?.rights ?? [])
	);
	const left = own.filter((right) => right !== 'accounts');
	await make('account.edit@1', [
		{ accountId: people.administrator.account, edit: { rights: [own, left] } }
	]);
}
