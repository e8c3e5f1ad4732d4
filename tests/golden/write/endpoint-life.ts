import { vi } from 'vitest';
import { unsentFile } from '#lib/client/unsent/unsent-file.ts';
import { newTimedId } from '#lib/crypto/random.ts';
import type { ArgsOf, MutationName } from '#lib/domain/registry/mutations.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import { schemaVersion } from '#lib/protocol/limits.ts';
import { eraseAuditPayload } from '#lib/server/audit/audit.ts';
import type { App } from '../../server/support/app.ts';
import { Browser } from '../../server/support/browser.ts';
import { accounts, idOf, passwords, schoolId, temporary, word } from '../support/cast.ts';
import { valueOf } from '../support/device.ts';
import type { Dump } from '../support/dump.ts';
import type { Exchange } from '../support/wire.ts';
import { firstPassword } from './accounts.ts';
import {
	importHere,
	leaveUnsent,
	lendPassword,
	lentPassword,
	sameName,
	workOnAccounts,
	workOnCards
} from './desk-life.ts';
import { leerIdOf } from './cards.ts';
import { type } from './local-school.ts';
import { adding, pupilId } from './roster.ts';
import { moveIn } from '../support/move-in.ts';
import { Visitor } from '../support/visitor.ts';

/** Who has a device when it ends. */
export interface Life {
	readonly administrator: Visitor;
	readonly guardian: Visitor;
	readonly pupil: Visitor;
	/** Has read everything, twice, and made nothing. */
	readonly reader: Visitor;
	/** Sends what no app of today does: every mutation that the others did not, and what is no good. */
	readonly others: readonly Exchange[];
	/** What the colleague's device could not send. */
	readonly unsent: string;
}

function pass(app: App, minutes: number): void {
	app.now = new Date(app.now.getTime() + minutes * 60_000);
	vi.setSystemTime(app.now);
}

/**
 * A day of the school at the endpoint.
 *
 * @param halfway is called when somebody may make a backup, before some of it
 */
export async function live(app: App, local: Dump, halfway: () => Promise<void>): Promise<Life> {
	pass(app, 0);
	const administrator = await moveIn(app, local);
	await administrator.sync();
	await lendPassword(administrator.device);
	await administrator.sync();
	const changes = { colleague: lentPassword, teacher: firstPassword } as const;
	for (const name of ['colleague', 'teacher'] as const) {
		const change = { current: changes[name], password: passwords[name] };
		await Visitor.choosePassword(app, name, change);
	}
	const people = {
		administrator,
		colleague: await Visitor.arrive(app, 'colleague', passwords.colleague),
		guardian: await Visitor.arrive(app, 'guardian', passwords.guardian),
		pupil: await Visitor.arrive(app, 'pupil', passwords.pupil),
		reader: await Visitor.arrive(app, 'colleague', passwords.colleague)
	};
	for (const visitor of Object.values(people)) await inParts(app, visitor);
	pass(app, 30);
	await workOnAccounts(administrator.device);
	await workOnCards(administrator.device);
	await administrator.sync();
	await ownThings(people);
	pass(app, 30);
	await halfway();
	await importHere(administrator.device);
	await administrator.sync();
	await atTheDoor(app);
	// What was refused in an hour comes into the audit log.
	await app.endpoint.upkeep.done();
	await loseDevice(app, administrator);
	const others = await sendOthers(app, people);
	await app.endpoint.store.write(schoolId, (tx) =>
		eraseAuditPayload(tx, 5, { actorId: accounts.administrator.id, at: app.now.toISOString() })
	);
	const unsent = await refusedAndUnsent(people);
	await people.reader.sync();
	return { ...people, others, unsent };
}

/** Reads a school that is too small for several parts as a large one is read. */
async function inParts({ endpoint: { schools } }: App, visitor: Visitor): Promise<void> {
	const { answerLimit } = schools;
	Object.assign(schools, { answerLimit: { rows: 60, length: 20_000 } });
	await visitor.sync();
	Object.assign(schools, { answerLimit });
}

type People = Record<'administrator' | 'colleague' | 'guardian' | 'pupil', Visitor>;

/** What guardians and pupils do; what only a password or a mail allows is refused. */
async function ownThings({ guardian, pupil }: People): Promise<void> {
	const { id: accountId } = accounts.guardian;
	const own = { accountId, fromSecretId: idOf('secret/guardian/own'), secretId: idOf('secret/x') };
	const secrets = { [own.secretId]: temporary('Regenjas8') };
	await guardian.device.make('account.choosePassword@1', own, { secrets });
	const email = ['jan@example.org', 'anders@example.org'] as const;
	await guardian.device.make('account.changeEmail@1', { accountId, email });
	await guardian.sync();
	const { id: leerIdId } = accounts.pupil;
	const choice = { pupilId: pupilId('Lina'), allowed: true };
	await pupil.device.make('guardianAccess.choose@1', choice);
	await pupil.device.make('leerId.signedIn@1', { leerIdId });
	const secretId = idOf('secret/y');
	await pupil.device.make(
		'leerId.choosePassword@1',
		{ leerIdId, fromSecretId: idOf('secret/Lina/2'), secretId },
		{ secrets: { [secretId]: temporary('Regenjas9') } }
	);
	const address = ['lina@example.org', 'anders@example.org'] as const;
	await pupil.device.make('leerId.linkEmail@1', { leerIdId, email: address });
	await pupil.sync();
}

/** Mails about passwords, one link refused and one still open; and too many wrong passwords. */
async function atTheDoor(app: App): Promise<void> {
	const browser = new Browser(app);
	const forgotten = (userName: string) =>
		browser.post('/api/reset', { school: schoolId, userName, language: 'nl' });
	await forgotten(accounts.guardian.userName);
	const mail = await vi.waitFor(async () => {
		const { body } = await browser.get('/api/mail');
		const [, token] = /href="[^"]*\/dit-ben-ik-niet#([^"]+)"/.exec(String(body)) ?? [];
		if (token === undefined) throw new Error('No mail yet');
		return token;
	}, 10_000);
	await browser.post('/api/reset/refuse', { token: mail });
	await forgotten(accounts.administrator.userName);
	for (let tries = 0; tries < 10; tries++) {
		// From the fifth on each waits longer; none as long as this.
		pass(app, 17);
		const typed = { school: schoolId, userName: 'noor.vanmaes', password: 'fout' };
		await browser.post('/api/session', { ...typed, vault: null, deviceName: 'x', keyed: true });
	}
	await vi.waitFor(async () => {
		const isBlocked = await app.endpoint.schools.read(schoolId, ({ state }) =>
			Promise.resolve(state.get('signInBlock', leerIdOf('noor')) !== undefined)
		);
		if (!isBlocked) throw new Error('Not blocked yet');
	}, 10_000);
}

/** A teacher's device is reported lost, by the administration. */
async function loseDevice(app: App, administrator: Visitor): Promise<void> {
	await Visitor.arrive(app, 'teacher', passwords.teacher);
	const { browser, device } = administrator;
	browser.key = device.vault.sessionKey.value;
	const lost = { account: accounts.teacher.id, device: null, wipe: true };
	const { status } = await browser.delete('/api/account-devices', lost);
	if (status !== 200) throw new Error(`The device was not ended: ${status}`);
	await Visitor.arrive(app, 'teacher', passwords.teacher);
}

/** Requests that today's app does not make, in the name of the administrator. */
async function sendOthers(
	app: App,
	{ administrator, guardian }: People
): Promise<readonly Exchange[]> {
	const visitor = new Visitor(app);
	visitor.browser.cookie = administrator.browser.cookie;
	visitor.browser.key = administrator.device.vault.sessionKey.value;
	const clientId = idOf('client/others');
	const actorId = accounts.administrator.id;
	let number = 0;
	const post = async (more: object) => {
		const request = { schema: schemaVersion, account: actorId, clientId, confirmed: number };
		const rest = { cookie: null, mutations: [], unsent: false };
		const body = JSON.stringify({ ...request, ...rest, ...more });
		await visitor.recorder.fetch('/api/sync', { method: 'POST', body });
	};
	const sent = <Name extends MutationName>(name: Name, args: ArgsOf<Name>) => {
		const made = { uid: newTimedId(), batch: null, actorId, madeAt: app.now.toISOString() };
		return { number: ++number, mutation: { name, args, ...made } };
	};
	const found = administrator.device.replica.state;
	const [school] = found.all('school');
	const own = found.get('account', actorId);
	const key = found.get('cardKey', idOf('cardKey/3'));
	if (!school || !own || !key) throw new Error('Not all of the school is here');
	const cardKeyPrivate = { kind: 'cardKeyPrivate', id: key.id, privateKey: 'x' } as const;
	const late = [{ kind: 'group', id: idOf('group/3'), name: '3de leerjaar' }] as const;
	await post({
		mutations: [
			sent('school.create@1', { school, account: own, cardKey: key, cardKeyPrivate }),
			sent('import.write@1', { importRunId: idOf('import/hier'), records: adding(late) }),
			sent('signIn.report@1', { reportId: idOf('report/x'), accountId: actorId })
		],
		unsent: true
	});
	// Another account's numbers, and those of before a backup: renumber. An app of before: update.
	const epoch = idOf('epoch');
	await post({ clientId: await clientOf(guardian) });
	await post({ cookie: { epoch, version: 1, scopes: ['school'], reading: null } });
	await post({ schema: schemaVersion - 1 });
	await post({ mutations: 'none' });
	return visitor.recorder.exchanges;
}

async function clientOf({ device }: Visitor): Promise<Id> {
	const { clientId } = valueOf(await device.outbox.outgoing({ after: 0, count: 0, bytes: 0 }));
	return clientId;
}

/** Two people give out one user name; what the endpoint refused stays, and more is made and not sent. */
async function refusedAndUnsent({ administrator, colleague, guardian }: People): Promise<string> {
	await colleague.sync();
	const [first, second] = [sameName('sem'), sameName('noor')];
	const secretsOf = ({ secretId }: { readonly secretId: Id }) => ({ [secretId]: word('boom51') });
	await colleague.device.make('leerId.adjust@1', first, { secrets: secretsOf(first) });
	await administrator.device.make('leerId.adjust@1', second, { secrets: secretsOf(second) });
	await colleague.sync();
	await administrator.sync();
	if (administrator.device.replica.refused !== 1) throw new Error('Nothing was refused');
	await leaveUnsent(administrator.device);
	await type(administrator.device);
	const email = ['jan@example.org', 'later@example.org'] as const;
	await guardian.device.make('account.changeEmail@1', { accountId: accounts.guardian.id, email });
	const cut = { accountId: idOf('account/fresh'), cause: 'administration' } as const;
	await colleague.device.make('signIn.block@1', cut);
	const file = valueOf(await unsentFile(colleague.device.session));
	return file.text();
}
