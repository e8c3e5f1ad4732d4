/** Nothing to clean: ASCII and the usual accented letters, no two blanks beside each other. */
const plain = /^(?!.* {2})[\x20-\x7e\u00c0-\u024f]*$/;

/** Controls, half characters, and what only steers how a text is laid out; blanks and joiners apart. */
const shapeless = /(?![\s\u200c\u200d])[\p{Cc}\p{Cf}\p{Co}\p{Cs}]|\ufeff/gu;

/** Persian, Urdu and Indic names are spelt with joiners; anywhere else one is only there to mislead. */
const idleJoiner =
	/(?<!(?![\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}])\p{L}\p{M}*)[\u200c\u200d]+|[\u200c\u200d]+(?!\p{L})/gu;

/**
 * A text of a file without what has no shape of its own, and with one space for every run of blanks.
 * A mark that turns the direction of writing would otherwise turn what stands beside a name too.
 */
export function cleanText(text: string): string {
	if (plain.test(text)) return text.trim();
	return text.replace(shapeless, '').replace(idleJoiner, '').replace(/\s+/g, ' ').trim();
}
