import { accountNameOf, isStaff } from '#lib/domain/accounts/account-rules.ts';
import { isEnrolled } from '#lib/domain/credentials/status.ts';
import { fullNameOf } from '#lib/domain/people/names.ts';
import type { Account } from '#lib/domain/accounts/kinds.ts';
import type { Id, IsoDate } from '#lib/domain/kernel/ids.ts';
import { ok, refuse, type Result } from '#lib/domain/kernel/result.ts';
import type { SchoolState } from '#lib/domain/registry/state.ts';
import type { PrintFailure } from '#lib/print/paper.ts';
import type { AccountLetter, AccountLetterJob } from '#lib/print/papers/account-letters.ts';
import type { VaultFailure } from '#lib/vault/disk/failure.ts';
import type { PaperPrinter } from '../print/printer.svelte.ts';
import type { Session } from '../session/session.svelte.ts';
import { canPrintLetter } from './can-print-letter.ts';

export type LetterFailure =
	| PrintFailure
	| VaultFailure
	/** The passwords are no longer kept. */
	| { readonly code: 'nothingToPrint' };

/**
 * Prints letters with the passwords that the school issued, of those accounts of which they are
 * still kept.
 * @param title names the file
 */
export async function printLetters(
	session: Session,
	printer: PaperPrinter,
	accountIds: readonly Id[],
	title: string
): Promise<Result<{ readonly letters: number }, LetterFailure>> {
	return printer.showing(async (options) => {
		const job = await letterJob(session, accountIds, title);
		if (!job.ok) return job;
		const saved = await printer.save('accountLetters', job.value, options);
		return saved.ok ? ok({ letters: job.value.letters.length }) : saved;
	});
}

/** The letters of those accounts whose issued password is still kept here. */
async function letterJob(
	session: Session,
	accountIds: readonly Id[],
	title: string
): Promise<Result<AccountLetterJob, LetterFailure>> {
	const { state, today, school, preferences } = session;
	const accounts = accountIds
		.flatMap((id) => state.get('account', id) ?? [])
		.filter(canPrintLetter);
	const secrets = await session.secrets(accounts.flatMap(({ secretId }) => secretId ?? []));
	if (!secrets.ok) return secrets;
	const letters = accounts.flatMap((account) => {
		const secret = secrets.value.get(account.secretId ?? '');
		if (!secret || secret.kind === 'image') return [];
		return letterOf(state, account, { password: secret.text, today });
	});
	if (letters.length === 0) return refuse({ code: 'nothingToPrint' });
	const { locale, print } = preferences;
	return ok({
		schoolName: school?.name ?? '',
		locale,
		title,
		date: today,
		signInAddress: location.host,
		letters,
		offset: print.offset
	});
}

function letterOf(
	state: SchoolState,
	account: Account,
	{ password, today }: { readonly password: string; readonly today: IsoDate }
): AccountLetter {
	const { userName, guardianId } = account;
	const name = accountNameOf(state, account);
	if (isStaff(account) || guardianId === null) {
		return { reader: 'staff', name, addressLines: [], children: [], userName, password };
	}
	const contact = state.get('guardianContact', guardianId);
	const street = [contact?.street, contact?.houseNumber].filter(Boolean).join(' ');
	const place = [contact?.postcode, contact?.city].filter(Boolean).join(' ');
	return {
		reader: 'guardian',
		name,
		addressLines: [street, place].filter((line) => line !== ''),
		children: childrenOf(state, guardianId, today),
		userName,
		password
	};
}

/** The children of a guardian who are at the school, with their groups: *Noor van der Berg (5A)*. */
function childrenOf(state: SchoolState, guardianId: Id, today: IsoDate): string[] {
	return state
		.find('guardianshipByGuardian', guardianId)
		.filter(({ pupilId }) => isEnrolled(state, pupilId, today))
		.flatMap(({ pupilId }) => state.get('pupil', pupilId) ?? [])
		.map((pupil) => {
			const group = pupil.groupId === null ? undefined : state.get('group', pupil.groupId);
			return group ? `${fullNameOf(pupil)} (${group.name})` : fullNameOf(pupil);
		});
}
