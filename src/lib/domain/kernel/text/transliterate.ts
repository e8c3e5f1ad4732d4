import { fold, isPlain } from './fold.ts';

/**
 * Letters of other scripts in ASCII, after folding (so without marks). Near to what Dutch readers
 * expect, one way only: for user names and search, never for what a card shows.
 */
const scripts: readonly (readonly [letters: string, ascii: string])[] = [
	// Cyrillic: Russian, Ukrainian, Bulgarian, Serbian, Macedonian, Belarusian.
	[
		'а б в г ґ д е є ж з и і й к л м н о п р с т у ф х ц ч ш щ ъ ы ь э ю я ђ ј љ њ ћ џ ѓ ќ ѕ ё ї ў',
		'a b v g g d e ye zh z i i i k l m n o p r s t u f kh ts ch sh shch - y - e yu ya dj j lj nj c dz g k dz e i u'
	],
	// Greek.
	[
		'α β γ δ ε ζ η θ ι κ λ μ ν ξ ο π ρ σ ς τ υ φ χ ψ ω',
		'a v g d e z i th i k l m n x o p r s s t y f ch ps o'
	],
	// Arabic, with the letters of Persian, Dari, Pashto, Urdu and Sorani.
	[
		'ا ب ت ث ج ح خ د ذ ر ز س ش ص ض ط ظ ع غ ف ق ك ل م ن ه و ي ى ة ء پ چ ژ گ ک ی ۀ ە ھ ہ ے ټ ډ ړ ږ ښ ڼ ې ڤ ۆ ێ ڕ ڵ ٹ ڈ ڑ ں',
		'a b t th j h kh d dh r z s sh s d t z a gh f q k l m n h w y a a - p ch zh g k y e e h h e t d r zh sh n e v o e r l t d r n'
	],
	// Hebrew.
	[
		'א ב ג ד ה ו ז ח ט י כ ך ל מ ם נ ן ס ע פ ף צ ץ ק ר ש ת',
		'a b g d h v z ch t y k k l m m n n s a p f ts ts k r sh t'
	],
	// Armenian.
	[
		'ա բ գ դ ե զ է ը թ ժ ի լ խ ծ կ հ ձ ղ ճ մ յ ն շ ո չ պ ջ ռ ս վ տ ր ց ւ փ ք օ ֆ և',
		'a b g d e z e e t zh i l kh ts k h dz gh ch m y n sh o ch p j r s v t r ts v p k o f ev'
	],
	// Georgian.
	[
		'ა ბ გ დ ე ვ ზ თ ი კ ლ მ ნ ო პ ჟ რ ს ტ უ ფ ქ ღ ყ შ ჩ ც ძ წ ჭ ხ ჯ ჰ',
		'a b g d e v z t i k l m n o p zh r s t u p k gh q sh ch ts dz ts ch kh j h'
	]
];

const ascii = new Map<string, string>();
for (const [letters, texts] of scripts) {
	const written = texts.split(' ');
	letters
		.split(' ')
		.forEach((letter, at) => ascii.set(letter, (written[at] ?? '').replace('-', '')));
}

/** A text in lower-case ASCII, as far as its letters are known; those that are not, stay. */
export function transliterate(text: string): string {
	const folded = fold(text);
	if (isPlain(folded)) return folded;
	let result = '';
	for (const letter of folded) result += ascii.get(letter) ?? letter;
	return result;
}

/**
 * Returns what is left of a text as `a`–`z` and digits: `Süheda` → `suheda`, `Ольга` → `olga`, `李`
 * → ``.
 */
export function asciiLetters(text: string): string {
	return transliterate(text).replace(/[^a-z0-9]/g, '');
}
