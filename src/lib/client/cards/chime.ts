/** Short tones, for whoever looks at the cards and not at the screen. */
export class Chime {
	#context: AudioContext | null = null;

	/** Browsers let a page sound only after a touch: call this in one. */
	wake(): void {
		this.#context ??= new AudioContext();
		void this.#context.resume();
	}

	/** Two tones up: it is well. One low: look at the screen. */
	play(what: 'good' | 'bad'): void {
		const tones = what === 'good' ? [880, 1320] : [220];
		const length = what === 'good' ? 0.09 : 0.3;
		for (const [at, pitch] of tones.entries()) this.#tone(pitch, at * length, length);
	}

	dispose(): void {
		void this.#context?.close();
		this.#context = null;
	}

	#tone(pitch: number, after: number, length: number): void {
		const context = this.#context;
		if (!context) return;
		const start = context.currentTime + after;
		const tone = new OscillatorNode(context, { frequency: pitch });
		const volume = new GainNode(context, { gain: 0 });
		// Fades, since a tone that starts or ends at once clicks.
		volume.gain.linearRampToValueAtTime(0.25, start + 0.01);
		volume.gain.setValueAtTime(0.25, start + length - 0.02);
		volume.gain.linearRampToValueAtTime(0, start + length);
		tone.connect(volume).connect(context.destination);
		tone.start(start);
		tone.stop(start + length);
	}
}
