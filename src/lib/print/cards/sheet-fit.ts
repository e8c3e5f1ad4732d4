import type { Language } from '#lib/domain/kernel/languages.ts';
import type { IssuedKind } from '#lib/domain/credentials/kinds.ts';
import type { CardContent } from '#lib/domain/cards/print-job.ts';
import { labelSheets, type LabelSheet } from './label-sheets.ts';
import { cardTemplate, type CardTemplate } from './card-template.ts';
import { insetsOf, roughWidth, type CardArea } from '../layout/measures.ts';
import { cardWords } from './card-words.ts';

/** The demands of a job's cards on a label. */
export interface CardDemand {
	readonly passwordKinds: readonly IssuedKind[];
	/** How many pictures the longest image password has; 0 without any. */
	readonly imageLength: number;
	/** Characters of the longest user name. */
	readonly longestUserName: number;
}

/** Returns the demands of these cards on a label, for `fittingSheets`. */
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

/** Wide letters and digits on average; a user name that is wider is squeezed. */
const averageCharacter = 0.57;

/** User names up to these lengths share a template, so that the cards of a sheet look alike. */
const userNameSteps = [24, 30, 36, 44, 54, 64];

/** How far type grows beyond its usual size: more on high labels. */
function labelGrowth({ h }: CardArea): number {
	return Math.min(1.6, Math.max(1.1, h / 30));
}

/** Where ink may be on a label of this sheet. */
export function labelArea(sheet: LabelSheet): CardArea {
	const inset = insetsOf(sheet);
	const margin = Math.min(inset.w, inset.h);
	return { w: sheet.w - 2 * inset.w, h: sheet.h - 2 * inset.h, margin };
}

/** The demands of a card on its template beside its kind. */
export interface TemplateNeeds {
	readonly kind: IssuedKind;
	readonly imageLength: number;
	/** Characters. */
	readonly userName: number;
	readonly nameLines: 1 | 2;
	/** In em; 0 leaves the names of pictures out. */
	readonly pictureNameWidth: number;
	readonly growth: number;
}

/** Rounds a user name's length up, so that cards share templates. */
export function userNameStep(length: number): number {
	return userNameSteps.find((step) => length <= step) ?? length;
}

/** How such a card is laid out on an area; null when it does not fit. */
export function templateFor(
	area: CardArea,
	needs: TemplateNeeds,
	locale: Language
): CardTemplate | null {
	const words = cardWords(locale);
	const captions = [words.userName, words.password[needs.kind]];
	return cardTemplate({
		...needs,
		area,
		imageLength: needs.kind === 'image' ? needs.imageLength : 0,
		userNameWidth: userNameStep(needs.userName) * averageCharacter,
		captionWidth: Math.max(...captions.map((text) => roughWidth(text, 'regular')))
	});
}

/** Returns the least demands of a label's card. */
export function labelNeeds(
	area: CardArea,
	kind: IssuedKind,
	imageLength: number,
	userName: number
): TemplateNeeds {
	const growth = labelGrowth(area);
	return { kind, imageLength, userName, nameLines: 1, pictureNameWidth: 0, growth };
}

/**
 * Tells whether a label of this sheet holds such cards: user name, password and QR code at least.
 */
export function sheetFits(sheet: LabelSheet, demand: CardDemand, locale: Language): boolean {
	const area = labelArea(sheet);
	const { imageLength, longestUserName } = demand;
	return demand.passwordKinds.every(
		(kind) =>
			templateFor(area, labelNeeds(area, kind, imageLength, longestUserName), locale) !== null
	);
}

/** The sheets to offer for such cards (product.md 36). */
export function fittingSheets(demand: CardDemand, locale: Language): LabelSheet[] {
	return labelSheets.filter((sheet) => sheetFits(sheet, demand, locale));
}

const usualSheets = ['L7160', 'L7163', 'L4770'];

/** The sheets that are chosen until somebody chooses: the three most usual of those that fit. */
export function defaultSheets(demand: CardDemand, locale: Language): LabelSheet[] {
	const fitting = fittingSheets(demand, locale);
	const rank = ({ id }: LabelSheet) => usualSheets.indexOf(id) + 1 || 99;
	return [...fitting].sort((a, b) => rank(a) - rank(b)).slice(0, 3);
}
