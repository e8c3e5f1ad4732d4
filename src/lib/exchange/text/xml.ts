import { SaxesParser } from 'saxes';

/** What a reader of XML wants to hear. Names come without their prefix. */
export interface XmlHandler {
	open(name: string, attributes: Readonly<Record<string, string>>): void;
	text(text: string): void;
	close(name: string): void;
}

/** Elements within elements; no file that we read comes near. */
const maxDepth = 100;

/**
 * Reads XML as it comes, piece by piece. Keeps nothing, follows no reference to outside the file,
 * and knows no entities but XML's own five.
 */
export class XmlReader {
	readonly #parser: SaxesParser<{ position: boolean; xmlns: false }>;
	#failed = false;
	#depth = 0;
	/** Where reading failed, from 1. */
	line = 1;

	constructor(handler: XmlHandler, { position = false }: { readonly position?: boolean } = {}) {
		const parser = new SaxesParser({ position, xmlns: false as const });
		this.#parser = parser;
		parser.on('error', () => this.#fail());
		parser.on('opentag', ({ name, attributes }) => {
			if (++this.#depth > maxDepth) this.#fail();
			if (!this.#failed) handler.open(localName(name), attributes);
		});
		const onText = (text: string) => {
			if (!this.#failed) handler.text(text);
		};
		parser.on('text', onText);
		parser.on('cdata', onText);
		parser.on('closetag', ({ name }) => {
			this.#depth--;
			if (!this.#failed) handler.close(localName(name));
		});
	}

	/** The line being read, from 1; only with `position`. */
	get currentLine(): number {
		return this.#parser.line;
	}

	/** False once the XML has proved to be broken; what comes after is not read. */
	write(text: string): boolean {
		if (!this.#failed) this.#parser.write(text);
		return !this.#failed;
	}

	close(): boolean {
		if (!this.#failed) this.#parser.close();
		return !this.#failed;
	}

	#fail(): void {
		if (!this.#failed) this.line = this.#parser.line;
		this.#failed = true;
	}
}

function localName(name: string): string {
	const colon = name.indexOf(':');
	return colon < 0 ? name : name.slice(colon + 1);
}
