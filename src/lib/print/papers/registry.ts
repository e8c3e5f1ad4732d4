import { accountLetters } from './account-letters.ts';
import { calibration } from './calibration.ts';
import { cards } from './cards.ts';
import { classOverview } from './class-overview.ts';

/** Every paper, by the name that it is asked for by. Pages know the type alone: the worker has them. */
export const papers = { accountLetters, calibration, cards, classOverview };

export type Papers = typeof papers;
