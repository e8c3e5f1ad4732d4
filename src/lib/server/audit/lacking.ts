/** Entries in a word. */
const inWord = 32;

/** Which entries of a chain lack what they commit to, a bit an entry. */
export class Lacking {
	#words = new Uint32Array(64);

	add(seq: number): void {
		const word = Math.floor(seq / inWord);
		if (word >= this.#words.length) this.#grow(word);
		this.#words[word] = (this.#words[word] ?? 0) | (1 << (seq % inWord));
	}

	/** @param to the last; what is beyond what was added counts for nothing */
	remove(from: number, to: number): void {
		const last = Math.min(to, this.#words.length * inWord - 1);
		for (let seq = Math.max(from, 0); seq <= last; seq++) {
			const word = Math.floor(seq / inWord);
			// Whole words at once: a range may be as long as the chain.
			if (seq % inWord === 0 && seq + inWord - 1 <= last) {
				this.#words[word] = 0;
				seq += inWord - 1;
			} else this.#words[word] = (this.#words[word] ?? 0) & ~(1 << (seq % inWord));
		}
	}

	/** null: none lacks anything. */
	get first(): number | null {
		const word = this.#words.findIndex((bits) => bits !== 0);
		if (word === -1) return null;
		const bits = this.#words[word] ?? 0;
		return word * inWord + (31 - Math.clz32(bits & -bits));
	}

	#grow(word: number): void {
		const words = new Uint32Array(Math.max(word + 1, this.#words.length * 2));
		words.set(this.#words);
		this.#words = words;
	}
}
