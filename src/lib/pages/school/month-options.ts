import { formatMonth } from '#lib/i18n/format.ts';
import type { Option } from '#lib/ui/fields/field.ts';

/** The months of a year: `01` … `12`, by their names. */
export function monthOptions(): Option<string>[] {
	return Array.from({ length: 12 }, (_, at) => {
		const value = String(at + 1).padStart(2, '0');
		return { value, label: formatMonth(value) };
	});
}
