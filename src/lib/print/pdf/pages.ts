import type { Language } from '#lib/domain/kernel/languages.ts';
import type { IsoDate } from '#lib/domain/kernel/ids.ts';
import type { Mark } from '../layout/marks.ts';
import type { Offset } from '../paper.ts';
import type { TextEngine } from '../text/engine.ts';
import { FontRegistry } from './font-registry.ts';
import { PdfPaper, paperSize } from './paper.ts';

interface PagesJob {
	readonly locale: Language;
	readonly date: IsoDate;
	readonly offset: Offset;
}

/** Returns the PDF of A4 pages that share nothing but their fonts; each page is its marks. */
export function pdfOfPages(
	engine: TextEngine,
	job: PagesJob,
	title: string,
	pages: Iterable<readonly Mark[]>
): Blob {
	const fonts = new FontRegistry(engine);
	const paper = new PdfPaper(engine, fonts);
	for (const marks of pages) {
		const content = paper.content();
		content.area(job.offset.x, paperSize.h - job.offset.y, marks);
		paper.addPage(content);
	}
	return new Blob([paper.finish(title, job, fonts.embed())], { type: 'application/pdf' });
}
