import type { Sex } from '#lib/domain/kernel/numbers/national-number.ts';

/** null: the cell says nothing. */
export type SexReader = (text: string) => Sex | null | 'unreadable';

const words: ReadonlyMap<string, Sex | null> = new Map(
	Object.entries<Sex | null>({
		man: 'M',
		mannelijk: 'M',
		jongen: 'M',
		male: 'M',
		boy: 'M',
		j: 'M',
		vrouw: 'V',
		vrouwelijk: 'V',
		meisje: 'V',
		female: 'V',
		girl: 'V',
		v: 'V',
		f: 'V',
		x: 'X',
		other: 'X',
		anders: 'X',
		'': null,
		'-': null,
		'?': null,
		o: null,
		onbekend: null,
		unknown: null,
		unspecified: null,
		'niet gespecificeerd': null
	})
);

/**
 * A reader for a whole column, since one letter means two things: M is a man beside V, and a girl
 * (*meisje*) beside J (*jongen*). A column with both J and V leaves M unreadable, and so are the
 * numbers 1 and 2, which EDEXML and OSO use the other way round.
 */
export function sexReaderFor(texts: Iterable<string>): SexReader {
	let boys = false;
	let women = false;
	for (const text of texts) {
		const word = text.toLowerCase();
		boys ||= word === 'j';
		women ||= word === 'v' || word === 'f';
	}
	const m = boys && women ? 'unreadable' : boys ? 'V' : 'M';
	return (text) => {
		const word = text.trim().toLowerCase();
		if (word === 'm') return m;
		const sex = words.get(word);
		return sex === undefined ? 'unreadable' : sex;
	};
}
