/** Letters that Unicode does not take apart into a base letter and a mark. */
const latin: Readonly<Record<string, string>> = {
	ł: 'l',
	ø: 'o',
	ß: 'ss',
	æ: 'ae',
	œ: 'oe',
	đ: 'd',
	ð: 'd',
	þ: 'th',
	ı: 'i',
	ħ: 'h',
	ŋ: 'ng',
	ə: 'e',
	ǝ: 'e',
	ŧ: 't',
	ɓ: 'b',
	ɗ: 'd',
	ƙ: 'k',
	ɛ: 'e',
	ɔ: 'o',
	ĸ: 'k',
	// A sigma at the end of a word is the same letter.
	ς: 'σ'
};
const latinLetters = new RegExp(`[${Object.keys(latin).join('')}]`, 'g');
const plain = /^[ -~]*$/;

/**
 * Tells whether a text is ASCII alone, as most are: nothing of it has marks, or is of another
 * script.
 */
export function isPlain(text: string): boolean {
	return plain.test(text);
}

/**
 * Lower case, without marks, special Latin letters written out: `Süheda Łuczak` → `suheda luczak`.
 * Other scripts keep their letters. The text that is searched and the one that is typed are both
 * folded.
 */
export function fold(text: string): string {
	if (isPlain(text)) return text.toLowerCase();
	return (
		text
			// Before the lower case: some capitals exist only as compatibility letters.
			.normalize('NFKD')
			// Joiners are for the eye alone.
			.replace(/[\p{M}\u200c\u200d]/gu, '')
			.toLowerCase()
			.replace(latinLetters, (letter) => latin[letter] ?? letter)
	);
}
