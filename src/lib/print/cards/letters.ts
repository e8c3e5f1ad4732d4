import type { CardContent } from '#lib/domain/cards/print-job.ts';
import type { IssuedKind } from '#lib/domain/credentials/kinds.ts';
import type { CardsJob } from '../papers/cards.ts';
import { letterAddress, letterCardOrigin, letterForm } from './letter.ts';
import type { Mark } from '../layout/marks.ts';
import { paperSize, type PdfPaper } from '../pdf/paper.ts';
import type { TextEngine } from '../text/engine.ts';

const cardsBetweenPauses = 50;

/** Writes a letter per card: what letters share is a form, drawn on each page. */
export async function writeLetters(
	paper: PdfPaper,
	engine: TextEngine,
	job: CardsJob,
	marksOf: (card: CardContent, index: number) => readonly Mark[],
	afterCards: (cardsDone: number) => Promise<void>
): Promise<void> {
	const { x, y } = job.offset;
	const kinds = new Set(job.cards.map(({ secret }) => secret.kind));
	for (const kind of kinds) paper.addForm(formName(kind), letterForm(engine, job, kind));
	for (const [index, card] of job.cards.entries()) {
		const content = paper.content();
		content.form(formName(card.secret.kind), x, -y);
		content.area(x, paperSize.h - y, letterAddress(engine, job, card));
		content.area(
			letterCardOrigin.x + x,
			paperSize.h - letterCardOrigin.y - y,
			marksOf(card, index)
		);
		paper.addPage(content);
		if ((index + 1) % cardsBetweenPauses === 0) await afterCards(cardsBetweenPauses);
	}
	await afterCards(job.cards.length % cardsBetweenPauses);
}

function formName(kind: IssuedKind): string {
	return `letter-${kind}`;
}
