import type { IsoDate } from '#lib/domain/kernel/ids.ts';
import type { Random } from './random.ts';

/**
 * A rijksregisternummer (or, for one in twenty-five, a bisnummer) that passes its check and belongs
 * to nobody: counters this high are not reached on any day. Empty for one in fourteen: none yet.
 */
export function madeUpNumber(
	birthDate: IsoDate,
	sex: 'M' | 'V',
	isNew: (number: string) => boolean,
	random: Random
): string {
	const drawn = random.next();
	if (drawn < 0.07) return '';
	const [year = '', month = '', day = ''] = birthDate.split('-');
	const written = drawn < 0.11 ? Number(month) + 40 : Number(month);
	for (let counter = sex === 'M' ? 901 : 902; counter < 998; counter += 2) {
		const body = `${year.slice(2)}${String(written).padStart(2, '0')}${day}${counter}`;
		const full = Number(year >= '2000' ? `2${body}` : body);
		const number = body + String(97 - (full % 97)).padStart(2, '0');
		if (isNew(number)) return number;
	}
	return '';
}
