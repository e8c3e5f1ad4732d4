import { labelSheets, type LabelSheet } from '#lib/print/cards/label-sheets.ts';

/** Every label sheet that is known, whatever is printed on it. */
export function allSheets(): readonly LabelSheet[] {
	return labelSheets;
}
