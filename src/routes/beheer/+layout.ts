import words from 'virtual:words/beheer';
import type { LayoutLoad } from './$types';
import { loadWords } from '#lib/i18n/page-words.ts';

export const load: LayoutLoad = () => loadWords(words);
