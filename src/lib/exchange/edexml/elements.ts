import { cleanText } from '../text/clean-text.ts';
import type { XmlHandler } from '../text/xml.ts';

/** A `leerling` or `leerkracht` as it stands in the file. */
export interface EdexPerson {
	readonly line: number;
	readonly key: string;
	/** Its elements that hold text, by name; of those that occur more than once, the first. */
	readonly values: Map<string, string>;
	/** `groep` and `samengestelde_groep`, by key, in the order of the file. */
	readonly groupKeys: { readonly key: string; readonly composed: boolean }[];
	readonly roles: string[];
}

const personNames = new Set(['leerling', 'leerkracht']);
const groupNames = new Set(['groep', 'samengestelde_groep']);

/** Collects the people and groups of an EDEXML or UWLR file; every other element is accepted. */
export class EdexElements implements XmlHandler {
	readonly pupils: EdexPerson[] = [];
	readonly teachers: EdexPerson[] = [];
	readonly groups = new Map<string, string>();
	/** `xsdversie`, else the version in the namespace, else empty. */
	version = '';
	/** The name of the outermost element. */
	root = '';
	/** The answer of a UWLR service, not a file made to be sent. */
	isUwlr = false;
	/** A list of pupils, teachers or groups was seen, if an empty one. */
	isEdex = false;
	readonly #line: () => number;
	readonly #path: string[] = [];
	#person: EdexPerson | null = null;
	#personDepth = 0;
	#group: { readonly key: string; name: string } | null = null;
	#text = '';

	constructor(currentLine: () => number) {
		this.#line = currentLine;
	}

	open(name: string, attributes: Readonly<Record<string, string>>): void {
		const parent = this.#path.at(-1) ?? '';
		this.#path.push(name);
		this.#text = '';
		if (this.#path.length === 1) this.#openRoot(name, attributes);
		if (name === 'leerlingen' || name === 'leerkrachten' || name === 'groepen') {
			this.isEdex ||= this.#person === null;
		}
		if (/^leerlinggegevens/.test(name)) this.isUwlr = true;
		const key = cleanText(attributes['key'] ?? '');
		if (this.#person) {
			if (groupNames.has(name) && key !== '') {
				this.#person.groupKeys.push({ key, composed: name !== 'groep' });
			}
		} else if (personNames.has(name) && /^leer(lingen|krachten)$/.test(parent)) {
			const line = this.#line();
			this.#person = { line, key, values: new Map(), groupKeys: [], roles: [] };
			this.#personDepth = this.#path.length;
		} else if (groupNames.has(name)) this.#group = { key, name: '' };
	}

	text(text: string): void {
		this.#text += text;
	}

	close(name: string): void {
		const text = cleanText(this.#text);
		const depth = this.#path.length;
		this.#path.pop();
		this.#text = '';
		if (this.#person) this.#closeInPerson(name, text, depth);
		else if (name === 'naam' && this.#group) this.#group.name = text;
		else if (name === 'xsdversie' && text !== '') this.version = text;
		else if (groupNames.has(name) && this.#group) {
			this.groups.set(this.#group.key, this.#group.name || this.#group.key);
			this.#group = null;
		}
	}

	#openRoot(name: string, attributes: Readonly<Record<string, string>>): void {
		this.root = name;
		const namespaces = Object.entries(attributes).filter(([key]) => key.startsWith('xmlns'));
		for (const [, uri] of namespaces) {
			const found = /(?:edex(?:ml)?|uwlr|leerresultaat)\D*(\d+\.\d+)/i.exec(uri);
			if (found?.[1]) this.version = found[1];
		}
	}

	#closeInPerson(name: string, text: string, depth: number): void {
		const person = this.#person;
		if (!person) return;
		if (depth === this.#personDepth) {
			(name === 'leerling' ? this.pupils : this.teachers).push(person);
			this.#person = null;
			return;
		}
		if (text === '') return;
		if (name === 'rol') person.roles.push(text);
		else if (!person.values.has(name)) person.values.set(name, text);
	}
}
