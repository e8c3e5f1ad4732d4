import type { Id, Instant } from '../records.ts';

/** That a pupil received a card; id of the card. Taken back, the record goes. */
export interface CardReceipt {
	readonly kind: 'cardReceipt';
	readonly id: Id;
	readonly pupilId: Id;
	/** Of the card. */
	readonly issue: number;
	readonly receivedAt: Instant;
	/** Who handed it over. */
	readonly actorId: Id;
	/** Scanned, or ticked by hand. */
	readonly ticked: 'scan' | 'hand';
}

/** An *Uitreiking* that was closed: how far it had come by then. */
export interface HandOut {
	readonly kind: 'handOut';
	readonly id: Id;
	readonly of: 'group' | 'printRun';
	/** Of the group or print run. */
	readonly ofId: Id;
	/** What the group or print run was called. */
	readonly title: string;
	readonly closedAt: Instant;
	readonly actorId: Id;
	readonly received: number;
	readonly missing: number;
}
