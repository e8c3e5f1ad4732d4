/** A mail before it has a form: paragraphs, and links that stand on a line of their own. */
export interface Letter {
	readonly subject: string;
	readonly parts: readonly (string | Link)[];
}

export interface Link {
	readonly label: string;
	readonly href: string;
}

/** A mail as it is sent. */
export interface Mail {
	readonly to: string;
	readonly subject: string;
	readonly text: string;
	readonly html: string;
	/** BCP 47. */
	readonly language: string;
}

/** Lays a letter out, plain and in HTML. */
export function asMail(letter: Letter, to: string, language: string): Mail {
	return {
		to,
		// A line break in a name must not begin a header of its own.
		subject: oneLine(letter.subject),
		text: `${letter.parts.map(plain).join('\n\n')}\n`,
		html: html(letter, language),
		language
	};
}

/**
 * Tells whether a text is one address and nothing beside it: no second one, no display name, no
 * line break, no comment. Stricter than RFC 5322, as the form for it is.
 */
export function isAddress(text: string): boolean {
	return (
		text.length <= 254 &&
		/^[^\s@<>(),;:"\\[\]\x00-\x1f\x7f]+@[^\s@<>(),;:"\\[\]\x00-\x1f\x7f]+$/.test(text)
	);
}

function oneLine(text: string): string {
	return text.replace(/[\s\x00-\x1f\x7f\u2028\u2029]+/g, ' ').trim();
}

function plain(part: string | Link): string {
	return typeof part === 'string' ? part : `${part.label}:\n${part.href}`;
}

/** Mail programs load nothing from elsewhere for this, and it reads without any style too. */
function html({ subject, parts }: Letter, language: string): string {
	const body = parts.map((part) =>
		typeof part === 'string'
			? `<p>${escape(part)}</p>`
			: `<p><a href="${escape(part.href)}">${escape(part.label)}</a></p>`
	);
	return [
		`<!doctype html><html lang="${escape(language)}"><head><meta charset="utf-8">`,
		`<title>${escape(oneLine(subject))}</title></head><body>`,
		...body,
		'</body></html>'
	].join('\n');
}

const entities: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;'
};

/** For text and attribute values of HTML. */
export function escape(text: string): string {
	return text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}
