/** A picture as paths in a square of `viewBox` by `viewBox`. */
export interface PictureDrawing {
	readonly viewBox: number;
	readonly shapes: readonly {
		readonly d: string;
		readonly fill: string;
		readonly opacity?: number;
		readonly evenOdd?: boolean;
	}[];
}

export interface NamedPicture {
	readonly label: string;
	readonly drawing: PictureDrawing;
}

/** A thing that lies on a sheet of paper. All lengths in mm, from its top left corner. */
export type PaperBox =
	/** `y` is the baseline, `size` the height of the type. */
	| {
			readonly kind: 'text';
			readonly x: number;
			readonly y: number;
			readonly size: number;
			readonly text: string;
			readonly bold?: boolean;
			readonly mono?: boolean;
			readonly align?: 'start' | 'middle' | 'end';
	  }
	/** An edge of a label; `filled` for a bar. */
	| {
			readonly kind: 'rect';
			readonly x: number;
			readonly y: number;
			readonly width: number;
			readonly height: number;
			readonly radius?: number;
			readonly filled?: boolean;
			/** Used already, or left free. */
			readonly faded?: boolean;
	  }
	/** A QR code: dark runs `[column, row, length]` in modules of `module` mm. */
	| {
			readonly kind: 'runs';
			readonly x: number;
			readonly y: number;
			readonly module: number;
			readonly runs: readonly (readonly [number, number, number])[];
	  }
	/** Outlines of letters or others, in mm. */
	| {
			readonly kind: 'path';
			readonly x: number;
			readonly y: number;
			readonly scale?: number;
			readonly d: string;
	  }
	| {
			readonly kind: 'picture';
			readonly x: number;
			readonly y: number;
			readonly size: number;
			readonly drawing: PictureDrawing;
	  };

export interface Paper {
	readonly width: number;
	readonly height: number;
	readonly boxes: readonly PaperBox[];
}
