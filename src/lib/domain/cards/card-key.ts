import type { CardKey } from './kinds.ts';
import type { StateReader } from '../registry/state.ts';

/** Two bytes in the QR of a card. */
export function isCardKeyNumber(number: number): boolean {
	return Number.isInteger(number) && number >= 1 && number <= 0xffff;
}

/** The key that signs cards now: the newest that was not retired. */
export function signingKeyOf(state: StateReader): CardKey | undefined {
	return [...state.all('cardKey')]
		.filter(({ retiredAt }) => retiredAt === null)
		.sort((one, other) => other.number - one.number)[0];
}

/** The key with a number, retired or not. */
export function cardKeyNumbered(state: StateReader, number: number): CardKey | undefined {
	return [...state.all('cardKey')].find((key) => key.number === number);
}
