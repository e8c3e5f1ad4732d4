import type { Language } from '#lib/domain/kernel/languages.ts';
import type { CardContent } from '#lib/domain/cards/print-job.ts';
import type { IssuedKind } from '#lib/domain/credentials/kinds.ts';
import type { IsoDate } from '#lib/domain/kernel/ids.ts';

/** A label sheet to print on. */
export interface SheetChoice {
	/** Of a sheet in label-sheets.ts. */
	readonly id: string;
	/** The first free label of the first page, counted from 1, row by row. */
	readonly start: number;
}

/** What a printer is off by, in mm: added to every place, to the right and down. */
export interface Offset {
	readonly x: number;
	readonly y: number;
}

/** Everything that a zip is made from (product.md 36). Plain data: it crosses to the worker. */
export interface PrintJob {
	readonly schoolName: string;
	readonly locale: Language;
	/** What the selection is called; names the zip. */
	readonly title: string;
	readonly date: IsoDate;
	readonly cards: readonly CardContent[];
	/** `brieven-a4.pdf`, a letter per pupil. */
	readonly letters: boolean;
	/** A `stickers-….pdf` each. */
	readonly sheets: readonly SheetChoice[];
	/** `aanmeldgegevens.xlsx`: in bulk. */
	readonly spreadsheet: boolean;
	readonly offset: Offset;
}

/** *Klasoverzicht met kaarten* (product.md 41): for the teacher, without passwords. */
export interface OverviewJob {
	readonly schoolName: string;
	readonly groupName: string;
	readonly locale: Language;
	readonly date: IsoDate;
	/** In the order in which they stand on the sheet. */
	readonly pupils: readonly OverviewPupil[];
	readonly offset: Offset;
}

export interface OverviewPupil {
	readonly name: string;
	/** Empty: no account. */
	readonly userName: string;
	/** The signed text of the card that holds; null: there is none. */
	readonly qr: string | null;
}

/** A letter with the password that the school issued somebody (product.md 1). */
export interface AccountLetter {
	readonly reader: 'guardian' | 'staff';
	readonly name: string;
	/** Below the name, where the window of an envelope shows them. */
	readonly addressLines: readonly string[];
	/** Whose account it is about: *Noor van der Berg (5A)*. */
	readonly children: readonly string[];
	readonly userName: string;
	readonly password: string;
}

/** Letters of accounts. Plain data: it crosses to the worker. */
export interface AccountLetterJob {
	readonly schoolName: string;
	readonly locale: Language;
	/** What the selection is called; names the file. */
	readonly title: string;
	readonly date: IsoDate;
	/** Where the app is: `school.example.org`. */
	readonly signInAddress: string;
	readonly letters: readonly AccountLetter[];
	readonly offset: Offset;
}

/** A page that shows what a printer is off by on a sheet. Plain data: it crosses to the worker. */
export interface CalibrationJob {
	/** Of a sheet in label-sheets.ts. */
	readonly sheetId: string;
	readonly locale: Language;
	readonly date: IsoDate;
	readonly offset: Offset;
}

/** What the cards of a job ask of a label. */
export interface CardDemand {
	readonly passwordKinds: readonly IssuedKind[];
	/** How many pictures the longest image password has; 0 without any. */
	readonly imageLength: number;
	/** Characters of the longest user name. */
	readonly longestUserName: number;
}

/** What these cards ask of a label, for `fittingSheets`. */
export function demandOf(cards: readonly CardContent[]): CardDemand {
	const kinds = new Set<IssuedKind>();
	let imageLength = 0;
	let longestUserName = 0;
	for (const { secret, userName } of cards) {
		kinds.add(secret.kind);
		if (secret.kind === 'image') imageLength = Math.max(imageLength, secret.pictures.length);
		longestUserName = Math.max(longestUserName, userName.length);
	}
	return { passwordKinds: [...kinds], imageLength, longestUserName };
}

export type PrintStage = 'start' | 'letters' | 'sheets' | 'spreadsheet' | 'zip';

/** How far a job is, in cards written over all its papers. */
export interface PrintProgress {
	readonly stage: PrintStage;
	readonly done: number;
	readonly total: number;
}

export type PrintFailure =
	| { readonly code: 'cancelled' }
	/** This card cannot be printed on that sheet without losing the user name or the password. */
	| { readonly code: 'sheetTooSmall'; readonly sheetId: string; readonly pupilName: string }
	/** A bug, or a worker that the browser ended. */
	| { readonly code: 'failed'; readonly detail: string };

export interface PrintedFile {
	/** Safe on every file system. */
	readonly fileName: string;
	readonly blob: Blob;
}

/** Which paper to look at before it is printed. */
export type PreviewTarget =
	{ readonly kind: 'letters' } | ({ readonly kind: 'sheet' } & SheetChoice);

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
