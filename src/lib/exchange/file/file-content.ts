import type { OneRosterName, OneRosterTable } from '../oneroster/files.ts';
import type { ParsedFile } from './parsed-file.ts';
import type { Table } from '../table/table.ts';

export interface InputFile {
	readonly name: string;
	readonly bytes: Uint8Array;
}

/** What one file turned out to be. */
export type FileContent =
	| { readonly kind: 'tables'; readonly format: 'CSV' | 'Excel'; readonly tables: readonly Table[] }
	| { readonly kind: 'oneRoster'; readonly name: OneRosterName; readonly table: OneRosterTable }
	| { readonly kind: 'oneRosterSet'; readonly parts: readonly FileContent[] }
	| Extract<ParsedFile, { readonly kind: 'roster' }>;
