/** A message that is said differently for different numbers, as the message format writes it. */
export interface Variants {
	readonly declarations: readonly string[];
	readonly selectors: readonly string[];
	/** `countPlural=one` → a sentence. */
	readonly match: Readonly<Record<string, string>>;
}

/** A file of `src/lib/i18n/messages/LANGUAGE`. */
export type MessageFile = Readonly<Record<string, string | readonly Variants[]>>;

/**
 * The faults in how a language counts in its messages, a sentence each: a kind of number that the
 * language has, and for which there is no sentence.
 *
 * @param tag as Intl calls the language
 */
export function pluralFaults(tag: string, messages: MessageFile): string[] {
	const { pluralCategories } = new Intl.PluralRules(tag).resolvedOptions();
	return Object.entries(messages).flatMap(([key, message]) => {
		if (typeof message === 'string') return [];
		return message.flatMap(({ declarations, selectors, match }) => {
			const plurals = selectors.filter((name) =>
				declarations.some((text) => new RegExp(`^local ${name} = \\w+: plural\\b`).test(text))
			);
			const variants = Object.keys(match).map((when) => when.split(/\s*,\s*/));
			return plurals.flatMap((name) =>
				pluralCategories
					.filter((category) => !variants.some((when) => covers(when, name, category)))
					.map((category) => `${key} has no sentence for ${name}=${category}`)
			);
		});
	});
}

function covers(when: readonly string[], name: string, category: string): boolean {
	return when.some((part) => part === `${name}=${category}` || part === `${name}=*`);
}
