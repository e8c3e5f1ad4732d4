import { importSigningKey, sign } from '#lib/crypto/signing.ts';
import { encodeCardPayload, formatCardCode } from '#lib/domain/cards/card-code.ts';
import type { CardContent } from '#lib/domain/cards/print-job.ts';
import type { Secret } from '#lib/domain/leer-id/secret.ts';
import { fullNameOf } from '#lib/domain/names.ts';
import type { CredentialCard, Id, PrintRun, School } from '#lib/domain/records.ts';
import { ok, refuse, type Result } from '#lib/domain/result.ts';
import type { SchoolState } from '#lib/domain/state/school-state.ts';
import { createPrinter, type Printer } from '#lib/print/bridge.ts';
import type {
	PreviewPage,
	PreviewTarget,
	PrintFailure,
	PrintJob,
	PrintProgress
} from '#lib/print/job.ts';
import { Breather } from '#lib/vault/breather.ts';
import type { VaultFailure } from '#lib/vault/failure.ts';
import { now } from './clock.ts';
import { letterJob } from './account-letters.ts';
import { saveFile } from './save-file.ts';
import { command, type Session } from './session.svelte.ts';
import { startPrintWorker } from './workers.ts';

/** For so long after it was made a print run can be printed again (issue of passwords). */
const reprintMs = 24 * 60 * 60_000;

const mostOnAPage = 65;

export type CardPrintFailure =
	| PrintFailure
	| VaultFailure
	/** The passwords of this run are no longer shown, or were all renewed since. */
	| { readonly code: 'nothingToPrint' }
	/** Whoever is signed in may not sign cards. */
	| { readonly code: 'mayNotSign' };

/** Makes papers in a worker, and hands them to the browser as one file. */
export class CardPrinter {
	readonly #session: Session;
	#printer: Printer | null = null;
	#abort: AbortController | null = null;
	#progress = $state.raw<PrintProgress | null>(null);

	constructor(session: Session) {
		this.#session = session;
	}

	/** How far the print under way is; null when there is none. */
	get progress(): PrintProgress | null {
		return this.#progress;
	}

	/** *Annuleren*: the passwords hold, and can be printed again. */
	cancel(): void {
		this.#abort?.abort();
	}

	/** Whether a run's passwords can still be shown. */
	canPrintAgain(run: PrintRun): boolean {
		const age = Date.parse(now()) - Date.parse(run.madeAt);
		return age < reprintMs && cardsThatHold(this.#session.state, run.id).length > 0;
	}

	/** Prints the cards of a run that still hold, and notes that they were handed over. */
	async print(runId: Id): Promise<Result<{ readonly cards: number }, CardPrintFailure>> {
		return this.#working(async (signal) => {
			const job = await this.#job(runId);
			if (!job.ok) return job;
			const onProgress = (progress: PrintProgress) => (this.#progress = progress);
			const made = await this.#bridge.print(job.value, { signal, onProgress });
			if (!made.ok) return made;
			saveFile(made.value.blob, made.value.fileName);
			await this.#session.commit([command('print.saved@1', { printRunId: runId })]);
			return ok({ cards: job.value.cards.length });
		});
	}

	/**
	 * Prints letters with the passwords that the school issued, of those accounts of which they are
	 * still kept.
	 * @param title names the file
	 */
	async printLetters(
		accountIds: readonly Id[],
		title: string
	): Promise<Result<{ readonly letters: number }, CardPrintFailure>> {
		return this.#working(async (signal) => {
			const job = await letterJob(this.#session, accountIds, title);
			if (!job.ok) return job;
			const onProgress = (progress: PrintProgress) => (this.#progress = progress);
			const made = await this.#bridge.accountLetters(job.value, { signal, onProgress });
			if (!made.ok) return made;
			saveFile(made.value.blob, made.value.fileName);
			return ok({ letters: job.value.letters.length });
		});
	}

	/** The first page as it would be printed. The cards' QR texts need no signature yet. */
	async preview(
		cards: readonly CardContent[],
		target: PreviewTarget,
		signal: AbortSignal
	): Promise<Result<PreviewPage, PrintFailure>> {
		// One page never holds more; and a preview of thousands need not cross to the worker.
		const { printJob } = await import('./print-choice.ts');
		const job = printJob(this.#session, cards.slice(0, mostOnAPage), '');
		return this.#bridge.preview(job, target, 0, { signal });
	}

	/** *Testpagina*: hands a calibration page for a sheet to the browser. */
	async calibrate(sheetId: string): Promise<Result<void, PrintFailure>> {
		const { print, locale } = this.#session.preferences;
		const made = await this.#bridge.calibration(sheetId, print.offset, locale);
		if (!made.ok) return made;
		saveFile(made.value.blob, made.value.fileName);
		return ok(undefined);
	}

	dispose(): void {
		this.#printer?.dispose();
	}

	/** Shows progress, and *Annuleren*, while something is made. */
	async #working<Value>(make: (signal: AbortSignal) => Promise<Value>): Promise<Value> {
		this.#progress = { stage: 'start', done: 0, total: 0 };
		this.#abort = new AbortController();
		try {
			return await make(this.#abort.signal);
		} finally {
			this.#progress = null;
			this.#abort = null;
		}
	}

	get #bridge(): Printer {
		return (this.#printer ??= createPrinter(startPrintWorker));
	}

	async #job(runId: Id): Promise<Result<PrintJob, CardPrintFailure>> {
		const { state, school } = this.#session;
		const run = state.get('printRun', runId);
		const cards = run && this.canPrintAgain(run) ? currentCards(state, runId) : [];
		if (!school || !run || cards.length === 0) return refuse({ code: 'nothingToPrint' });
		const secrets = await this.#session.secrets(cards.map(({ secretId }) => secretId));
		if (!secrets.ok) return secrets;
		const contents: CardContent[] = [];
		const signCard = await cardSigner(state, school);
		if (!signCard) return refuse({ code: 'mayNotSign' });
		const breather = new Breather();
		for (const card of cards) {
			const secret = secrets.value.get(card.secretId);
			if (secret) contents.push(cardContent(state, card, { secret, qr: await signCard(card.id) }));
			await breather.pause();
		}
		if (contents.length === 0) return refuse({ code: 'nothingToPrint' });
		const { printJob } = await import('./print-choice.ts');
		return ok(printJob(this.#session, contents, run.title));
	}
}

/** The cards of a run whose passwords still hold. */
function cardsThatHold(state: SchoolState, runId: Id): CredentialCard[] {
	return state.find('cardByPrintRun', runId).filter((card) => card.state === 'current');
}

/** The same in the order of the list: group, then name. */
function currentCards(state: SchoolState, runId: Id): CredentialCard[] {
	const sortKey = ({ pupilId }: CredentialCard) => {
		const pupil = state.get('pupil', pupilId);
		const group = pupil?.groupId ? state.get('group', pupil.groupId) : undefined;
		return `${group?.name ?? ''}\u0000${pupil?.familyName ?? ''}\u0000${pupil?.givenName ?? ''}`;
	};
	const { compare } = new Intl.Collator('nl', { numeric: true });
	return cardsThatHold(state, runId)
		.map((card) => ({ card, key: sortKey(card) }))
		.sort((one, other) => compare(one.key, other.key))
		.map(({ card }) => card);
}

/** What is printed on a card of a pupil. */
export function cardContent(
	state: SchoolState,
	card: Pick<CredentialCard, 'pupilId' | 'leerIdId'>,
	printed: { readonly secret: Secret; readonly qr: string }
): CardContent {
	const pupil = state.get('pupil', card.pupilId);
	const leerId = state.get('leerId', card.leerIdId);
	if (!pupil || !leerId) throw new Error('a card without its pupil or LeerID');
	const [school] = state.all('school');
	const { userName, type } = leerId;
	return {
		pupilName: fullNameOf(pupil),
		pupilNumber: pupil.pupilNumber,
		groupName: (pupil.groupId && state.get('group', pupil.groupId)?.name) || '',
		type,
		userName,
		loginAddress: `${school?.loginBase ?? ''}${userName}`,
		...printed
	};
}

/** Signs card ids with the school's newest key; null without the right to it. */
async function cardSigner(
	state: SchoolState,
	school: School
): Promise<((cardId: Id) => Promise<string>) | null> {
	const key = [...state.all('cardKey')]
		.filter(({ retiredAt }) => retiredAt === null)
		.reduce<{ id: Id; number: number } | null>(
			(newest, each) => (newest && newest.number > each.number ? newest : each),
			null
		);
	const privateKey = key && state.get('cardKeyPrivate', key.id)?.privateKey;
	if (!key || !privateKey) return null;
	const signingKey = await importSigningKey(privateKey);
	return async (cardId) => {
		const payload = encodeCardPayload({ schoolId: school.id, cardId, keyNumber: key.number });
		return formatCardCode(payload, await sign(signingKey, payload));
	};
}
