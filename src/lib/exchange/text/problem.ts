/** Why a file can't be read. Every code has a sentence that says what was expected. */
export type FileProblem = { readonly file: string } & (
	| { readonly code: 'noFiles' }
	| { readonly code: 'empty' }
	| { readonly code: 'tooLarge'; readonly megabytes: number; readonly maxMegabytes: number }
	/** Small as a file, but huge when unpacked: a zip bomb, or far more than a school has. */
	| { readonly code: 'expandsTooMuch'; readonly maxMegabytes: number }
	| { readonly code: 'tooManyRows'; readonly max: number }
	| { readonly code: 'cellTooLong'; readonly line: number; readonly max: number }
	| { readonly code: 'otherKind'; readonly found: OtherKind }
	| { readonly code: 'passwordProtected' }
	/** Cut off or changed on the way. */
	| {
			readonly code: 'broken';
			readonly kind: 'zip' | 'Excel' | 'XML';
			readonly line: number | null;
	  }
	/** CSV: a quotation mark opens at this line and never closes. */
	| { readonly code: 'quoteNotClosed'; readonly line: number }
	/** CSV: neither UTF-8 throughout nor anything else. */
	| { readonly code: 'mixedEncoding'; readonly line: number }
	/** No row of headings and rows below it. */
	| { readonly code: 'noTable' }
	/** OneRoster without one of the files that it can't do without. */
	| { readonly code: 'oneRosterIncomplete'; readonly missing: readonly string[] }
	/** EDEXML or OneRoster together with something else. */
	| { readonly code: 'filesDoNotBelongTogether' }
);

export type FileProblemCode = FileProblem['code'];

export type OtherKind =
	| 'pdf'
	| 'image'
	| 'oldExcel'
	| 'word'
	| 'openDocument'
	| 'html'
	| 'json'
	| 'otherXml'
	| 'otherZip'
	| 'unknown';
