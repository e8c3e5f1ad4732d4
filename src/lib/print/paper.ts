import type { Language } from '#lib/domain/kernel/languages.ts';
import type { TextEngine } from './text/engine.ts';

/** The data that every paper is made from, at least. */
export interface PaperJob {
	/** The language that it is printed in. */
	readonly locale: Language;
}

/**
 * A paper that can be asked for by its name in papers/registry.ts.
 * @typeParam Job everything that it is made from. Plain data: it crosses to the worker as JSON.
 */
export interface Paper<Job extends PaperJob> {
	/**
	 * Makes the file.
	 * @throws CannotPrint where something does not fit its paper.
	 */
	make(engine: TextEngine, job: Job, report: Report): PrintedFile | Promise<PrintedFile>;
}

/**
 * A paper that can be looked at before it is made.
 * @typeParam Page says which page: plain data, as the job.
 */
export interface SeenPaper<Job extends PaperJob, Page> extends Paper<Job> {
	/**
	 * Returns a page as it will be printed.
	 * @throws CannotPrint
	 */
	preview(engine: TextEngine, job: Job, page: Page): PreviewPage | Promise<PreviewPage>;
}

/** The error of a printer, in mm: added to every place, to the right and down. */
export interface Offset {
	readonly x: number;
	readonly y: number;
}

/** How far a paper is. */
export interface PrintProgress {
	readonly done: number;
	readonly total: number;
}

export type Report = (progress: PrintProgress) => void;

export type PrintFailure =
	| { readonly code: 'cancelled' }
	/** This card cannot be printed on that sheet without losing the user name or the password. */
	| { readonly code: 'sheetTooSmall'; readonly sheetId: string; readonly pupilName: string }
	/** A bug, or a worker that the browser ended. */
	| { readonly code: 'failed'; readonly detail: string };

/** Thrown inside the room, and turned into the answer at its door. */
export class CannotPrint extends Error {
	readonly failure: PrintFailure;

	constructor(failure: PrintFailure) {
		super(failure.code);
		this.failure = failure;
	}
}

export interface PrintedFile {
	/** Safe on every file system. */
	readonly fileName: string;
	readonly blob: Blob;
}

/** A page as it will be printed. All lengths in mm from the top left corner, y downwards. */
export interface PreviewPage {
	readonly width: number;
	readonly height: number;
	/** How many pages the paper has. */
	readonly pageCount: number;
	readonly items: readonly PreviewItem[];
}

export type PreviewItem =
	/** The edge of a label; on screen only. `taken`: skipped by the start position. */
	| ({ readonly kind: 'label'; readonly taken: boolean } & Box)
	/** Ink as an SVG path, filled (nonzero), already in mm on the page; `text` for screen readers. */
	| ({
			readonly kind: 'text';
			readonly text: string;
			readonly d: string;
			readonly ink: string;
	  } & Box)
	/** Text that only the device's fonts have: draw `text` to fill the box. */
	| ({ readonly kind: 'deviceText'; readonly text: string; readonly ink: string } & Box)
	/** The dark modules as an SVG path in modules; scale by `w / modules`. */
	| ({ readonly kind: 'qr'; readonly d: string; readonly modules: number } & Box)
	/** A picture by its name in pictures.ts. */
	| ({ readonly kind: 'picture'; readonly name: string } & Box)
	| ({ readonly kind: 'rule'; readonly ink: string; readonly dashed: boolean } & Box);

export interface Box {
	readonly x: number;
	readonly y: number;
	readonly w: number;
	readonly h: number;
}
