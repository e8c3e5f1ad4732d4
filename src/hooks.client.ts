import type { ClientInit } from '@sveltejs/kit';
import { startSpeaking } from '#lib/i18n/page-words.ts';

/** The words are fetched beside the first page's code, which waits for them in its layout. */
export const init: ClientInit = () => {
	startSpeaking().catch(() => undefined);
};
