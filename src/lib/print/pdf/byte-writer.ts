/** Chunks double from the first to the last of these: most writers hold one small page. */
const smallestChunk = 2048;
const largestChunk = 262_144;

/** Bytes put one after the other, handed out in chunks. */
export class ByteWriter {
	readonly #full: Uint8Array<ArrayBuffer>[] = [];
	#chunk = new Uint8Array(smallestChunk);
	#used = 0;
	#before = 0;

	get length(): number {
		return this.#before + this.#used;
	}

	/** Characters up to U+00FF, a byte each. */
	latin1(text: string): void {
		const { length } = text;
		if (this.#used + length > this.#chunk.length) this.#next(length);
		const chunk = this.#chunk;
		let at = this.#used;
		for (let i = 0; i < length; i++) chunk[at++] = text.charCodeAt(i);
		this.#used = at;
	}

	bytes(data: Uint8Array): void {
		if (this.#used + data.length > this.#chunk.length) this.#next(data.length);
		this.#chunk.set(data, this.#used);
		this.#used += data.length;
	}

	chunks(): Uint8Array<ArrayBuffer>[] {
		return [...this.#full, this.#chunk.subarray(0, this.#used)];
	}

	whole(): Uint8Array<ArrayBuffer> {
		const whole = new Uint8Array(this.length);
		let at = 0;
		for (const chunk of this.chunks()) {
			whole.set(chunk, at);
			at += chunk.length;
		}
		return whole;
	}

	#next(atLeast: number): void {
		const doubled = Math.min(this.#chunk.length * 2, largestChunk);
		this.#full.push(this.#chunk.subarray(0, this.#used));
		this.#before += this.#used;
		this.#chunk = new Uint8Array(Math.max(doubled, atLeast));
		this.#used = 0;
	}
}
