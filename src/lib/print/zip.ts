import JSZip from 'jszip';
import type { IsoDate } from '#lib/domain/kernel/ids.ts';

/** A file for a zip. */
export interface ZipEntry {
	readonly name: string;
	readonly bytes: Uint8Array<ArrayBuffer>;
	/** False for what is compressed already. */
	readonly deflate: boolean;
}

/** Returns the files as a zip, in their order. All of them bear the date, so that the same files make the same zip. */
export function makeZip(entries: readonly ZipEntry[], date: IsoDate): Promise<Blob> {
	const zip = new JSZip();
	for (const { name, bytes, deflate } of entries) {
		zip.file(name, bytes, {
			compression: deflate ? 'DEFLATE' : 'STORE',
			// JSZip writes the time in UTC, which a date alone is read as.
			date: new Date(date),
			// Excel knows no folders as parts of a workbook.
			createFolders: false
		});
	}
	return zip.generateAsync({ type: 'blob', mimeType: 'application/zip' });
}
