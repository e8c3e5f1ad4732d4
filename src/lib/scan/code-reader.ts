/** Finds QR codes in pictures. */
export interface CodeReader {
	/**
	 * The text of the code nearest the picture's middle; null: none can be read. Rejects only where the
	 * reader itself does not work.
	 */
	read(frame: ImageData): Promise<string | null>;
}

/** Starts a reader; null: this browser has not what it takes. */
export type StartReader = () => Promise<CodeReader | null>;

/** A code, and where its middle is in the picture, in pixels. */
export interface FoundCode {
	readonly text: string;
	readonly x: number;
	readonly y: number;
}

/** On a sheet of stickers the neighbours are in view as well: what is held in the middle is meant. */
export function nearestMiddle(
	codes: readonly FoundCode[],
	{ width, height }: Pick<ImageData, 'width' | 'height'>
): string | null {
	let nearest: string | null = null;
	let least = Infinity;
	for (const { text, x, y } of codes) {
		const distance = Math.hypot(x - width / 2, y - height / 2);
		if (distance >= least) continue;
		least = distance;
		nearest = text;
	}
	return nearest;
}
