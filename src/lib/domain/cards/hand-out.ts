import { isEnrolled, leerIdStatus } from '../credentials/status.ts';
import type { CredentialCard } from '../credentials/kinds.ts';
import type { Id, IsoDate } from '../kernel/ids.ts';
import type { Pupil } from '../people/kinds.ts';
import type { StateReader } from '../registry/state.ts';
import type { CardReceipt, HandOut } from './kinds.ts';

/** The cards that are handed out: a group's, or those of one print run. */
export type HandOutTarget = Pick<HandOut, 'of' | 'ofId'>;

export interface HandOutEntry {
	readonly card: CredentialCard;
	readonly pupil: Pupil;
	/** null: still to be handed out. */
	readonly receipt: CardReceipt | null;
}

/** The pupils who are to receive a card, and those who did (product.md 41). */
export interface HandOutList {
	/** The name of the group or print run. */
	readonly title: string;
	readonly entries: readonly HandOutEntry[];
	/** Pupils of the group with no card that holds. */
	readonly withoutCard: readonly Pupil[];
}

/** The pupil's card that holds; undefined: there is none. */
export function currentCardOf(state: StateReader, pupilId: Id): CredentialCard | undefined {
	return state.find('cardByPupil', pupilId).find((card) => card.state === 'current');
}

/**
 * The list of a hand-out as the school stands now, in no particular order; null: there is no such
 * group or print run. Only pupils whose account works are on it.
 */
export function handOutList(
	state: StateReader,
	{ of, ofId }: HandOutTarget,
	today: IsoDate
): HandOutList | null {
	const entryOf = (card: CredentialCard): HandOutEntry[] => {
		const pupil = state.get('pupil', card.pupilId);
		const works = pupil && leerIdStatus(state, pupil.id, today).status === 'active';
		const receipt = state.get('cardReceipt', card.id) ?? null;
		return works && card.state === 'current' ? [{ card, pupil, receipt }] : [];
	};
	if (of === 'printRun') {
		const run = state.get('printRun', ofId);
		const cards = state.find('cardByPrintRun', ofId);
		return run ? { title: run.title, entries: cards.flatMap(entryOf), withoutCard: [] } : null;
	}
	const group = state.get('group', ofId);
	if (!group) return null;
	const pupils = state.find('pupilByGroup', ofId);
	const cards = pupils.flatMap(({ id }) => currentCardOf(state, id) ?? []);
	const withoutCard = pupils.filter(
		({ id }) => isEnrolled(state, id, today) && !currentCardOf(state, id)
	);
	return { title: group.name, entries: cards.flatMap(entryOf), withoutCard };
}
