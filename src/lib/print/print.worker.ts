import words from 'virtual:words/print';
import { addWords } from '#lib/i18n/words.ts';
import { papers } from './papers/registry.ts';
import { PrintWork } from './print-work.ts';
import type { PrintReply, PrintRequest } from './request.ts';
import { bundledAssets } from './text/bundled-assets.ts';
import { TextEngine } from './text/engine.ts';

/** The part of a worker's global scope that is used; the DOM's types have no worker. */
const scope = self as unknown as {
	/** A `PrintRequest` as JSON. */
	onmessage: (event: MessageEvent<string>) => void;
	postMessage(reply: PrintReply): void;
};

const work = new PrintWork(
	papers,
	() => TextEngine.start(bundledAssets),
	(language) => addWords(words, language)
);

scope.onmessage = ({ data }) => {
	const tell = (reply: PrintReply) => scope.postMessage(reply);
	void work.answer(JSON.parse(data) as PrintRequest, tell).then(tell);
};
