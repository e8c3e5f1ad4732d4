import words from 'virtual:words/instellingen';
import type { LayoutLoad } from './$types';
import { loadWords } from '#lib/i18n/page-words.ts';

export const load: LayoutLoad = () => loadWords(words);
