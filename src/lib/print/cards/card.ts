import type { Language } from '#lib/domain/kernel/languages.ts';
import type { CardContent } from '#lib/domain/cards/print-job.ts';
import { pictureLabel } from '#lib/i18n/picture-name.ts';
import type { Box } from '../paper.ts';
import type { QrCode } from '../qr-code.ts';
import type { TextEngine } from '../text/engine.ts';
import type { Weight } from '../text/font-files.ts';
import type { CardWords } from './card-words.ts';
import type { CardTemplate, TextSlot } from './card-template.ts';
import { fitName, fitWhole, leastHeight, type Fitted } from '../layout/fit.ts';
import { inks, type Ink, type Mark, type TextMark } from '../layout/marks.ts';
import { lineHeight, smallestType } from '../layout/measures.ts';

/** The tools that a card is drawn with. */
export interface CardKit {
	readonly engine: TextEngine;
	readonly words: CardWords;
	readonly locale: Language;
}

/**
 * A card's marks in its area. Null when user name or password cannot be held, which `sheetFits` is
 * there to prevent: it happens only with user names that are far wider than they are long.
 */
export function layOutCard(
	kit: CardKit,
	template: CardTemplate,
	content: CardContent,
	code: QrCode
): Mark[] | null {
	const { words } = kit;
	const { secret } = content;
	const userName = whole(kit, content.userName, 'regular', template.userName, inks.black);
	const password =
		secret.kind === 'image'
			? pictureMarks(kit, template, secret.pictures)
			: passwordMarks(kit, template, secret.text);
	if (!userName || !password) return null;
	return [
		...headingMarks(kit, template, content),
		caption(kit, words.userName, template.userCaption),
		userName,
		caption(kit, words.password[secret.kind], template.passwordCaption),
		...password,
		...addressMarks(kit, template, content),
		{ kind: 'qr', box: template.qr, code }
	];
}

function headingMarks(kit: CardKit, template: CardTemplate, content: CardContent): TextMark[] {
	const { heading, name } = template;
	const { engine } = kit;
	const text = template.about && aboutText(kit, content, template.about.leerId, heading.w);
	const aboutHeight = text
		? Math.max((template.about?.size ?? 0) * lineHeight, leastHeight(engine.shape(text, 'regular')))
		: 0;
	const withAbout = heading.h - aboutHeight >= leastHeight(engine.shape(content.pupilName, 'bold'));
	const nameBox = { ...heading, h: withAbout ? heading.h - aboutHeight : heading.h };
	const fittedName = fitName(engine, content.pupilName, 'bold', nameBox, name);
	const marks = [textMark(nameBox, fittedName, inks.black)];
	if (!text || !template.about || !withAbout) return marks;
	const box = { ...heading, y: heading.y + fittedName.height, h: aboutHeight };
	const sizes = { most: template.about.size, least: smallestType };
	marks.push(textMark(box, fitName(kit.engine, text, 'regular', box, sizes), inks.grey));
	return marks;
}

/** Group and LeerID; the group alone where both would have to be shortened. */
function aboutText(kit: CardKit, content: CardContent, leerId: boolean, width: number): string {
	const group = content.groupName;
	const both = [group, kit.words.type[content.type]].filter(Boolean).join(' · ');
	return leerId && kit.engine.shape(both, 'regular').width * smallestType <= width ? both : group;
}

/** Squeezed a little on the smallest labels, else on two lines. */
function caption({ engine }: CardKit, text: string, { box, most, least }: TextSlot): TextMark {
	const sizes = { most, least };
	const oneLine = { ...box, h: most * lineHeight };
	const fitted =
		fitWhole(engine, text, 'regular', oneLine, sizes) ??
		fitName(engine, text, 'regular', box, sizes);
	return textMark(box, fitted, inks.grey);
}

function passwordMarks(kit: CardKit, { password }: CardTemplate, text: string): Mark[] | null {
	const mark = password && whole(kit, text, 'bold', password, inks.black);
	return mark ? [mark] : null;
}

function pictureMarks(
	{ engine, locale }: CardKit,
	template: CardTemplate,
	names: readonly string[]
): Mark[] | null {
	if (names.length > template.pictures.length) return null;
	return names.flatMap((name, i): Mark[] => {
		const box = template.pictures[i];
		if (!box) return [];
		const label = pictureLabel(name, locale);
		const slot = template.pictureNames[i];
		if (!slot) return [{ kind: 'picture', box, name, label }];
		const fitted = fitName(engine, label, 'regular', slot.box, slot);
		return [{ kind: 'picture', box, name, label: '' }, centred(slot.box, fitted)];
	});
}

function centred(box: Box, fitted: Fitted): TextMark {
	const lines = fitted.lines.map((line) => ({
		...line,
		x: box.x + (box.w - line.shaped.width * line.size) / 2
	}));
	return { kind: 'text', box, lines, ink: inks.black };
}

/**
 * In full as it is typed; without `https://`, which browsers add, where only that has room; else left
 * out, for an address that is cut leads nowhere.
 */
function addressMarks(
	kit: CardKit,
	{ address }: CardTemplate,
	{ loginAddress }: CardContent
): TextMark[] {
	if (!address || !loginAddress) return [];
	const fitted = (text: string) => whole(kit, text, 'regular', address, inks.grey);
	const mark = fitted(loginAddress) ?? fitted(loginAddress.replace(/^https:\/\//, ''));
	return mark ? [mark] : [];
}

function whole(
	{ engine }: CardKit,
	text: string,
	weight: Weight,
	{ box, most, least }: TextSlot,
	ink: Ink
): TextMark | null {
	const fitted = fitWhole(engine, text, weight, box, { most, least: Math.min(least, most) });
	if (!fitted) return null;
	const broken = fitted.lines.length > 1;
	return { ...textMark(box, fitted, ink), ...(broken && { whole: text }) };
}

function textMark(box: Box, { lines, height }: Fitted, ink: Ink): TextMark {
	return { kind: 'text', box: { ...box, h: height }, lines, ink };
}
