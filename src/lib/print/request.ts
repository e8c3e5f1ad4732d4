import type {
	Paper,
	PaperJob,
	PreviewPage,
	PrintedFile,
	PrintFailure,
	PrintProgress,
	SeenPaper
} from './paper.ts';

// The messages between page and worker follow from the papers: `Registry` is `typeof papers`.

/** The names of the papers. */
export type PaperName<Registry> = keyof Registry & string;

/** The names of the papers that can be looked at before they are made. */
export type SeenName<Registry> = {
	[Name in PaperName<Registry>]: Registry[Name] extends { preview: unknown } ? Name : never;
}[PaperName<Registry>];

/** The data that a paper is made from. */
export type JobOf<Registry, Name extends PaperName<Registry>> =
	Registry[Name] extends Paper<infer Job> ? Job : never;

/** The value that says which of its pages to look at. */
export type PageOf<Registry, Name extends PaperName<Registry>> =
	Registry[Name] extends SeenPaper<infer _Job, infer Page> ? Page : never;

/** A question to the worker, as JSON. The types of job and page are held where it is asked. */
export type PrintRequest =
	| { readonly ask: 'make'; readonly paper: string; readonly job: PaperJob }
	| {
			readonly ask: 'preview';
			readonly paper: string;
			readonly job: PaperJob;
			readonly page: unknown;
	  };

/** A reply of the worker: any number of `progress`, then one of the others. */
export type PrintReply =
	| { readonly reply: 'progress'; readonly progress: PrintProgress }
	| { readonly reply: 'done'; readonly value: PrintedFile | PreviewPage }
	| { readonly reply: 'refused'; readonly failure: PrintFailure };
