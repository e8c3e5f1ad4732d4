import type { LayoutLoad } from './$types';
import { startSpeaking } from '#lib/i18n/page-words.ts';

// Every page is made in the browser, from what the device holds. Pages whose address is fixed are
// laid down at build time; those of single records open through the same shell.
export const ssr = false;
export const prerender = 'auto';

/** No page is drawn before it can speak. */
export const load: LayoutLoad = async () => void (await startSpeaking());
