import { today } from '#lib/client/clock.ts';
import { newPassword } from '#lib/client/issue.ts';
import { createSchoolArgs } from '#lib/client/new-school.ts';
import { startPrintWorker } from '#lib/client/workers.ts';
import { newId } from '#lib/crypto/random.ts';
import { importSigningKey, sign } from '#lib/crypto/signing.ts';
import { encodeCardPayload, formatCardCode } from '#lib/domain/cards/card-code.ts';
import type { CardContent } from '#lib/domain/cards/print-job.ts';
import { leerIdUserNameBase, userNameGenerator } from '#lib/domain/leer-id/user-name.ts';
import { fullNameOf } from '#lib/domain/names.ts';
import { createPrinter } from '#lib/print/bridge.ts';
import { demandOf, type PrintJob } from '#lib/print/job.ts';
import { defaultSheets } from '#lib/print/sheet-fit.ts';
import { bulkRoster } from '../support/bulk-roster.ts';
import { printBaseline } from './print-baseline.ts';
import { benchStaff } from './support/staff.ts';

const jobs = new Map<number, PrintJob>();

export interface Print {
	/** Milliseconds from the cards to the finished zip. */
	readonly ms: number;
	/** Of the zip. */
	readonly bytes: number;
	readonly pdfs: number;
}

/** Makes the cards of so many pupils, codes signed, with letters, three sheets and the Excel file. */
export async function prepare(pupils: number): Promise<void> {
	const cards = await cardsOf(pupils);
	const sheets = defaultSheets(demandOf(cards), 'nl').map(({ id }) => ({ id, start: 1 }));
	if (sheets.length !== 3) throw new Error('the default is three sheets');
	jobs.set(pupils, {
		schoolName: 'Basisschool De Meetlat',
		locale: 'nl',
		title: `${pupils} leerlingen`,
		date: today(),
		cards,
		letters: true,
		sheets,
		spreadsheet: true,
		offset: { x: 0, y: 0 }
	});
}

/** Makes the zip as the app does, in a worker that has yet to start. */
export async function print(pupils: number): Promise<Print> {
	const job = jobOf(pupils);
	const printer = createPrinter(startPrintWorker);
	const start = performance.now();
	const made = await printer.print(job);
	const ms = performance.now() - start;
	printer.dispose();
	if (!made.ok) throw new Error(JSON.stringify(made.refusal));
	return { ms, bytes: made.value.blob.size, pdfs: job.sheets.length + 1 };
}

/** Makes the same in the straightforward way. */
export async function printPlainly(pupils: number): Promise<number> {
	const job = jobOf(pupils);
	const start = performance.now();
	const zip = await printBaseline(job);
	if (zip.size === 0) throw new Error('an empty zip');
	return performance.now() - start;
}

function jobOf(pupils: number): PrintJob {
	const job = jobs.get(pupils);
	if (!job) throw new Error(`no job of ${pupils} pupils was prepared`);
	return job;
}

/** Half of them with a word, a quarter with pictures, a quarter with a temporary password. */
const kinds = ['word', 'image', 'word', 'temporary'] as const;

async function cardsOf(count: number): Promise<CardContent[]> {
	const form = { name: 'De Meetlat', number: '123456', ...benchStaff };
	const { school, cardKeyPrivate } = await createSchoolArgs(form);
	const key = await importSigningKey(cardKeyPrivate.privateKey);
	const given = new Set<string>();
	const nextUserName = userNameGenerator((name) => given.has(name));
	const cards: CardContent[] = [];
	for (const [at, row] of bulkRoster({ pupils: count }).pupils.entries()) {
		const pupil = { ...row, namePrefix: row.namePrefix ?? '' };
		const userName = nextUserName(leerIdUserNameBase(pupil));
		given.add(userName);
		const payload = encodeCardPayload({ schoolId: school.id, cardId: newId(), keyNumber: 1 });
		const kind = kinds[at % kinds.length] ?? 'word';
		cards.push({
			pupilName: fullNameOf(pupil),
			pupilNumber: pupil.pupilNumber,
			groupName: pupil.groupName ?? '',
			type: kind === 'temporary' ? 'advanced' : 'basic',
			userName,
			loginAddress: `${school.loginBase}${userName}`,
			secret: newPassword(kind, school).secret,
			qr: formatCardCode(payload, await sign(key, payload))
		});
	}
	return cards;
}
