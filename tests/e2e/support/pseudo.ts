import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import type { MessageFile } from '../../support/messages.ts';
import { shortNames } from '../../../scripts/words.mjs';
import { compilePseudo } from '../../support/pseudo-locale.ts';

/** Paraglide's own way of counting, for sentences that are asked for beside it. */
const registry =
	'const registry = { plural: (tag, count) => new Intl.PluralRules(tag).select(Number(count)) };';

/** From the next page on has a browser speak the language that nobody speaks, in the place of English. */
export async function speakPseudo(context: BrowserContext): Promise<void> {
	const { pseudo } = await compilePseudo();
	const short = shortNames(pseudo);
	const sentences = Object.entries(pseudo).map(([key, say]) => `${short.get(key)}: ${String(say)}`);
	const body = `${registry} export default { ${sentences.join(',\n')} };`;
	await context.route(/\/_app\/immutable\/words\/en\./, (route) =>
		route.fulfill({ body, contentType: 'text/javascript' })
	);
	await context.addInitScript(() => localStorage.setItem('PARAGLIDE_LOCALE', 'en'));
}

/**
 * Words of Dutch messages, in small letters. Short ones are left out: they may be of any language, or of
 * somebody's name.
 */
function dutchWords(): string[] {
	const folder = 'src/lib/i18n/messages/nl';
	const sentences = readdirSync(folder)
		.map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as MessageFile)
		.flatMap((file) => Object.values(file))
		.flatMap((message) =>
			typeof message === 'string' ? message : message.flatMap(({ match }) => Object.values(match))
		);
	const words = sentences.flatMap(
		(text) =>
			text
				.replaceAll(/\{\w+\}/g, ' ')
				.toLowerCase()
				.match(/\p{L}{5,}/gu) ?? []
	);
	return [...new Set(words)];
}

const dutch = new Set(dutchWords());

/**
 * Text on the page, and what screen readers say of it, that is Dutch and was no message.
 *
 * @param names what is called by a Dutch word
 */
export async function hardCodedDutch(page: Page, names: readonly string[]): Promise<string[]> {
	const texts = await page.evaluate(readTexts);
	const outside = texts.map(withoutMessages).filter((text) => {
		if (names.some((name) => text.includes(name))) return false;
		const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
		return words.some((word) => dutch.has(word));
	});
	return [...new Set(outside)];
}

/** The rest of a text without its sentences; those may hold others. */
function withoutMessages(text: string): string {
	const less = text.replaceAll(/\[[^[\]]*\]/g, ' ');
	return less === text ? text.trim() : withoutMessages(less);
}

/** Runs in the page. */
function readTexts(): string[] {
	const texts: string[] = [document.title];
	const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	while (walker.nextNode()) {
		const { parentElement: parent, textContent } = walker.currentNode;
		if (parent?.checkVisibility() && !parent.closest('script, style, [lang]:not(html)')) {
			texts.push(textContent ?? '');
		}
	}
	for (const element of document.querySelectorAll('[aria-label], [placeholder], [title], [alt]')) {
		for (const name of ['aria-label', 'placeholder', 'title', 'alt']) {
			texts.push(element.getAttribute(name) ?? '');
		}
	}
	return texts;
}

/** Sentences of which the page shows a part only. */
export function cutSentences(page: Page): Promise<string[]> {
	return page.evaluate(readCuts);
}

/** Runs in the page. */
function readCuts(): string[] {
	const cut: string[] = [];
	const isForScreenReaders = (clipPath: string) => clipPath !== 'none';
	const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	const range = document.createRange();
	while (walker.nextNode()) {
		const node = walker.currentNode;
		const text = node.textContent ?? '';
		if (!text.includes('[') || !node.parentElement?.checkVisibility()) continue;
		range.selectNodeContents(node);
		const sentence = range.getBoundingClientRect();
		for (let around: Element | null = node.parentElement; around; around = around.parentElement) {
			const { overflowX, overflowY, clipPath, textOverflow } = getComputedStyle(around);
			// A cell of a table says by its dots that there is more, and the row's own page says it all.
			const isCell = textOverflow === 'ellipsis' && around.role === 'gridcell';
			if (isForScreenReaders(clipPath) || isCell) break;
			const box = around.getBoundingClientRect();
			const hides = (overflow: string) => overflow === 'hidden' || overflow === 'clip';
			const sideways = sentence.left < box.left - 1 || sentence.right > box.right + 1;
			const below = sentence.top < box.top - 1 || sentence.bottom > box.bottom + 1;
			// What can be scrolled to is not lost, whatever is around it.
			if (!hides(overflowX) && overflowX !== 'visible') break;
			if ((hides(overflowX) && sideways) || (hides(overflowY) && below)) {
				cut.push(`${around.tagName} ${text}`);
				break;
			}
		}
	}
	return cut;
}
