import type { ArgsOf } from '#lib/domain/registry/mutations.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import { accounts, cardKeys, idOf, passwords, temporary, word } from '../support/cast.ts';
import type { Device } from '../support/device.ts';
import { account } from './accounts.ts';
import { cardId, leerIdOf } from './cards.ts';
import { adding, group, importRun, pupilId } from './roster.ts';

/** The work of the administration once its school is at the server. */

/** Of the colleague, until they choose their own. */
export const lentPassword = 'stoel gordijn bel raam';

/** Gives the colleague a password to come in with. */
export async function lendPassword(device: Device): Promise<void> {
	const { id: accountId } = accounts.colleague;
	const secretId = idOf('secret/colleague');
	const secrets = { [secretId]: temporary(lentPassword) };
	await device.make('account.renew@1', { accountId, fromSecretId: null, secretId }, { secrets });
}

export async function workOnAccounts(device: Device): Promise<void> {
	const secret = (name: string) => ({
		[idOf(`secret/${name}`)]: temporary('raam kast lampje bel')
	});
	const fresh = { userName: 'nieuw', secretId: idOf('secret/fresh') };
	await device.make(
		'account.create@1',
		{ account: account('fresh', fresh) },
		{ secrets: secret('fresh') }
	);
	const accountId = idOf('account/fresh');
	const edit = { displayName: ['De heer/mevrouw fresh', 'Nieuw Hier'] } as const;
	await device.make('account.edit@1', { accountId, edit });
	await device.make('account.archive@1', { accountId });
	const again = { accountId, fromSecretId: fresh.secretId, secretId: idOf('secret/fresh/2') };
	await device.make('account.reopen@1', again, { secrets: secret('fresh/2') });
	await device.make('signIn.block@1', { accountId, cause: 'administration' });
	await device.make('signIn.unblock@1', { accountId });
	await device.make('signIn.settleReport@1', { reportId: idOf('report/open') });
	const pupil = pupilId('Lina');
	const seen = device.replica.state.get('guardianAccess', pupil)?.decidedAt ?? null;
	const consent = 'Telefonisch op 23 november';
	await device.make('guardianAccess.record@1', { pupilId: pupil, allowed: false, consent, seen });
	const minutes = { lockAfterMinutes: [15, 5] } as const;
	const uid = await device.make('school.changeSettings@1', { edit: minutes });
	await device.make('change.undo@1', { uid, except: [] });
}

export async function workOnCards(device: Device): Promise<void> {
	const batch = idOf('batch/print/2');
	const printRunId = idOf('print/2');
	const issue = (name: string) => ({
		secretId: idOf(`secret/${name}/here`),
		cardId: idOf(`card/${name}/here`),
		printRunId
	});
	const by = (id: Id, text: string) => ({ batch, secrets: { [id]: word(text) } });
	await device.make('print.start@1', { printRunId, title: 'Hier', cardCount: 3 }, { batch });
	const lukasz = issue('Łukasz');
	await device.make(
		'leerId.create@1',
		{
			...lukasz,
			leerIdId: idOf('leerId/here'),
			pupilId: pupilId('Łukasz'),
			type: 'basic',
			userName: 'lukasz.unaldang',
			passwordKind: 'word'
		},
		by(lukasz.secretId, 'boek77')
	);
	const noor = { ...issue('Noor'), leerIdId: leerIdOf('noor') };
	const fromNoor = device.replica.state.get('leerId', noor.leerIdId)?.secretId ?? null;
	await device.make(
		'leerId.renew@1',
		{ ...noor, fromSecretId: fromNoor },
		by(noor.secretId, 'pen31')
	);
	const sem = { ...issue('Sem'), leerIdId: leerIdOf('sem'), fromSecretId: null };
	const userName = ['leerling.3', 'semih.aydin'] as const;
	const adjusted = { ...sem, userName, passwordKind: 'image' } as const;
	const pictures = { kind: 'image', pictures: ['cat', 'dog', 'tree', 'apple', 'star'] } as const;
	const secrets = { [sem.secretId]: pictures };
	await device.make('leerId.adjust@1', adjusted, { batch, secrets });
	await device.make('print.saved@1', { printRunId });
	await device.make('card.handOut@1', { cardId: lukasz.cardId, ticked: 'hand' });
	const { id: fromActorId } = accounts.administrator;
	await device.make('card.takeBack@1', { cardId: lukasz.cardId, fromActorId });
	await device.make('card.revoke@1', { cardId: cardId('Lina', 1) });
	const of = { of: 'printRun', ofId: printRunId } as const;
	await device.make('handOut.close@1', { handOutId: idOf('handOut/2'), ...of });
	const key = { kind: 'cardKeyPrivate', id: idOf('cardKey/3') } as const;
	await device.make('cardKey.rotate@1', {
		fromKeyId: idOf('cardKey/2'),
		publicKey: cardKeys[2].publicKey,
		cardKeyPrivate: { ...key, privateKey: cardKeys[2].privateKey }
	});
}

export async function importHere(device: Device): Promise<void> {
	const batch = idOf('batch/import/here');
	const run = importRun('hier', '2026-11-23T09:00:00.000Z');
	await device.make('import.start@1', { run }, { batch });
	const edit = { phone: ['0470 12 34 56', '0471 00 00 00'] } as const;
	await device.make(
		'import.write@2',
		{
			importRunId: run.id,
			records: [
				...adding([{ kind: 'group', id: idOf('group/4'), name: '4de leerjaar' }]),
				{ kind: 'pupilContact', id: pupilId('Noor'), edit }
			],
			decided: []
		},
		{ batch }
	);
}

/** A LeerID under a name that a colleague gives out first, so that the server refuses one of both. */
export function sameName(name: string): ArgsOf<'leerId.adjust@1'> {
	return {
		secretId: idOf(`secret/same/${name}`),
		cardId: idOf(`card/same/${name}`),
		printRunId: idOf('print/2'),
		leerIdId: leerIdOf(name),
		fromSecretId: idOf(`secret/${name === 'noor' ? 'Noor' : 'Sem'}/here`),
		userName: [name === 'noor' ? 'noor.vanmaes' : 'semih.aydin', 'dezelfde'],
		passwordKind: 'word'
	};
}

/** Leaves in the outbox what waits there for good: made, and never sent. */
export async function leaveUnsent(device: Device): Promise<readonly Id[]> {
	const cards = { cardId: idOf('card/Łukasz/here'), ticked: 'scan' } as const;
	const secretId = idOf('secret/fresh/3');
	const renewal = {
		accountId: idOf('account/fresh'),
		fromSecretId: idOf('secret/fresh/2'),
		secretId
	};
	const secrets = { [secretId]: temporary(passwords.teacher) };
	const edit = { resetMinutes: [60, 45] } as const;
	return [
		await device.make('school.changeSettings@1', { edit }),
		await device.make('card.handOut@1', cards),
		await device.make('account.renew@1', renewal, { secrets }),
		await device.make('print.start@1', { printRunId: idOf('print/3'), title: group, cardCount: 1 })
	];
}
