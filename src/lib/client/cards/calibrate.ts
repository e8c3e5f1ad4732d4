import type { Result } from '#lib/domain/kernel/result.ts';
import type { PrintFailure } from '#lib/print/paper.ts';
import type { PaperPrinter } from '../print/printer.svelte.ts';
import type { Session } from '../session/session.svelte.ts';

/** *Testpagina*: hands a calibration page for a sheet to the browser. */
export async function calibrate(
	{ today: date, preferences }: Session,
	printer: PaperPrinter,
	sheetId: string
): Promise<Result<void, PrintFailure>> {
	const { locale, print } = preferences;
	return printer.save('calibration', { sheetId, locale, date, offset: print.offset });
}
