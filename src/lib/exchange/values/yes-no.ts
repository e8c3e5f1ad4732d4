/** undefined: no column; null: the cell says neither. */
export function readYesNo(text: string | undefined): boolean | null | undefined {
	if (text === undefined) return undefined;
	if (/^(ja|j|yes|y|true|waar|1|x|oui)$/i.test(text)) return true;
	return /^(nee|neen|n|no|false|onwaar|0|non)$/i.test(text) ? false : null;
}
