/** The nature of a message. A colour only ever goes with a word and an icon. */
export type Tone = 'info' | 'success' | 'warn' | 'danger';

export type BadgeTone = Tone | 'neutral';

/** full: on; half: waiting; empty: off; none: there is nothing. Shapes, so that colour is not needed. */
export type StatusShape = 'full' | 'half' | 'empty' | 'none';

/** How something stands: a word, with a shape and a colour beside it. */
export interface StatusLook {
	readonly text: string;
	readonly shape: StatusShape;
	readonly tone: BadgeTone;
}

/** saved: all is where it belongs; waiting: safe here, yet to be sent; attention: look at it. */
export type SaveState = 'saved' | 'saving' | 'waiting' | 'attention';
