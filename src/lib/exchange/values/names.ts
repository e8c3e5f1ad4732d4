/** Tussenvoegsels, Flemish and foreign particles included, as they stand between two names. */
const particles = new Set(
	"van de der den het ten ter te in op aan bij uit uijt uyt voor tot 't 's d' l' la le du des von und zu zum zur del della di da do dos das el al bin ben ibn".split(
		' '
	)
);

function isParticle(word: string): boolean {
	return particles.has(word.toLowerCase().replace('’', "'"));
}

/** The text where it is a tussenvoegsel (`van der`), else nothing: a middle name is none. */
export function prefixOf(text: string): string {
	const words = text.split(/\s+/).filter((word) => word !== '');
	return words.length > 0 && words.every(isParticle) ? words.join(' ').toLowerCase() : '';
}

export interface SplitName {
	readonly givenName: string;
	readonly namePrefix: string;
	readonly familyName: string;
	/** False where the split is one of several that make sense. */
	readonly certain: boolean;
}

/**
 * Splits a whole name: `Berg, Jan van der`, `Jan van der Berg`, `Jan Berg`. Of more words without a
 * comma or tussenvoegsel, where the given names end is anybody's guess.
 */
export function splitFullName(text: string): SplitName {
	const [before = '', after] = text.split(',', 2).map((part) => part.trim());
	if (after !== undefined && after !== '') return splitAtComma(before, after);
	const words = before.split(/\s+/).filter((word) => word !== '');
	const particle = words.findIndex((word, index) => index > 0 && isParticle(word));
	if (particle > 0 && particle < words.length - 1) {
		let family = particle;
		while (family < words.length - 1 && isParticle(words[family] ?? '')) family++;
		return {
			givenName: words.slice(0, particle).join(' '),
			namePrefix: words.slice(particle, family).join(' ').toLowerCase(),
			familyName: words.slice(family).join(' '),
			certain: true
		};
	}
	const [givenName = '', ...rest] = words;
	if (words.length < 2)
		return { givenName: '', namePrefix: '', familyName: givenName, certain: true };
	return { givenName, namePrefix: '', familyName: rest.join(' '), certain: words.length === 2 };
}

/** `Berg, Jan van der`, and `van der Berg, Jan`. */
function splitAtComma(family: string, rest: string): SplitName {
	const restWords = rest.split(/\s+/);
	let end = restWords.length;
	while (end > 1 && isParticle(restWords[end - 1] ?? '')) end--;
	const behind = restWords.slice(end).join(' ').toLowerCase();
	const familyWords = family.split(/\s+/);
	let start = 0;
	if (behind === '') {
		while (start < familyWords.length - 1 && /^[a-z']/.test(familyWords[start] ?? '')) {
			if (!isParticle(familyWords[start] ?? '')) break;
			start++;
		}
	}
	return {
		givenName: restWords.slice(0, end).join(' '),
		namePrefix: behind || familyWords.slice(0, start).join(' '),
		familyName: familyWords.slice(start).join(' '),
		certain: true
	};
}
