import type { PictureName } from '#lib/domain/credentials/pictures.ts';
import type { PreviewItem, PreviewPage } from '#lib/print/paper.ts';
import type { Paper, PaperBox } from '#lib/ui/paper/paper.ts';

type Drawings = typeof import('#lib/domain/credentials/picture-paths.ts').picturePaths;

/** A page of the print room as the screen draws it. */
export async function paperOf(page: PreviewPage): Promise<Paper> {
	const { picturePaths } = await import('#lib/domain/credentials/picture-paths.ts');
	const boxes = page.items.map((item) => boxOf(item, picturePaths));
	return { width: page.width, height: page.height, boxes };
}

function boxOf(item: PreviewItem, drawings: Drawings): PaperBox {
	const { x, y, w, h } = item;
	switch (item.kind) {
		case 'label':
			return { kind: 'rect', x, y, width: w, height: h, radius: 1, faded: item.taken };
		case 'text':
			// Outlines already lie where they belong on the page.
			return { kind: 'path', x: 0, y: 0, d: item.d };
		case 'deviceText':
			// A baseline about a quarter above the box's bottom.
			return { kind: 'text', x, y: y + h * 0.78, size: h * 0.85, text: item.text };
		case 'qr':
			return { kind: 'path', x, y, d: item.d, scale: w / item.modules };
		case 'picture':
			return { kind: 'picture', x, y, size: w, drawing: drawings[item.name as PictureName] };
		case 'rule':
			return { kind: 'rect', x, y, width: w, height: h, filled: true };
	}
}
