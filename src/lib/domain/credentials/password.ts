import type { Secret } from './secret.ts';

/** Draws evenly from 0 up to, not including, `below`, from a CSPRNG without modulo bias. */
export type RandomInt = (below: number) => number;

// Without 0, 1, I, O, l and o, which print alike.
const digitSet = '23456789';
const lower = 'abcdefghijkmnpqrstuvwxyz';
const upper = 'ABCDEFGHJKLMNPQRSTUVWXYZ';

const consonants = 'bdfghjkmnprstvwz';
const vowels = 'aeiu';
const onsets = 'br dr fr gr kr pr tr vr kn sp st sn sm zw dw tw'.split(' ');
const codas = 'nk nt nd ns mp ms rk rt rd rm rn rp rs ft kt st ts ks ps'.split(' ');

/** Words that no child should have to type: insults and worse, in Dutch, English or French. */
const offensive = new Set(
	(
		'ana anu ars bad bef bek bit bra bum dik dum fag fap fat fik fuk gas gat gek git gun hag hat hiv hit ' +
		'hur isi jap jat jew jid jiz jud kaf kak kuk kut mep naz neg nep nig nik nit nud ped pes pig pik pis ' +
		'pus put rap ras rut sad sek sif sik sim suf suk sut ted tet tis tit tut uri vag vet vid wap wip wit ' +
		'zak zat ziz zuk'
	).split(' ')
);

/** Every three letters that a Dutch reader can say, and may. */
const words: readonly string[] = sayableWords().filter((word) => !offensive.has(word));

function sayableWords(): string[] {
	const found = new Set<string>();
	for (const vowel of vowels) {
		for (const first of consonants) for (const last of consonants) found.add(first + vowel + last);
		for (const middle of consonants) for (const last of vowels) found.add(vowel + middle + last);
		for (const onset of onsets) found.add(onset + vowel);
		for (const coda of codas) found.add(vowel + coda);
	}
	return [...found];
}

/**
 * *Basiswachtwoord*: three sayable letters and three digits before or behind them, `zal659` or
 * `29ban9` (facts, *LeerID*). No 0, 1, l or o. About 21 bits: good only where tries are counted.
 */
export function wordPassword(randomInt: RandomInt): Secret & { kind: 'word' } {
	const word = words[randomInt(words.length)] ?? '';
	const digits = draw(digitSet, 3, randomInt);
	const before = randomInt(4);
	return { kind: 'word', text: digits.slice(0, before) + word + digits.slice(before) };
}

/**
 * *Tijdelijk wachtwoord*: eight letters and digits with a small letter, a capital and a digit among
 * them. No 0, O, o, 1, l or I. About 46 bits.
 */
export function temporaryPassword(randomInt: RandomInt): Secret & { kind: 'temporary' } {
	const alphabet = digitSet + lower + upper;
	// Drawing again, not putting a digit in: every password that fits stays as likely as the others.
	for (;;) {
		const text = draw(alphabet, 8, randomInt);
		if (/[a-z]/.test(text) && /[A-Z]/.test(text) && /\d/.test(text))
			return { kind: 'temporary', text };
	}
}

/**
 * *Afbeeldingswachtwoord*: pictures in an order, none twice, out of those that the pupil will see.
 * @param pictures the picture set; the first `choices` of it are the school's.
 */
export function imagePassword(
	pictures: readonly string[],
	{ length, choices }: { readonly length: number; readonly choices: number },
	randomInt: RandomInt
): Secret & { kind: 'image' } {
	const left = pictures.slice(0, choices);
	const chosen: string[] = [];
	while (chosen.length < length && left.length > 0) {
		chosen.push(...left.splice(randomInt(left.length), 1));
	}
	if (chosen.length < length)
		throw new RangeError('More pictures asked than there are to choose from');
	return { kind: 'image', pictures: chosen };
}

function draw(alphabet: string, length: number, randomInt: RandomInt): string {
	let text = '';
	while (text.length < length) text += alphabet[randomInt(alphabet.length)] ?? '';
	return text;
}
