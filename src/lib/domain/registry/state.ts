import { Overlay } from '../kernel/state/overlay.ts';
import type { Reader, Writes } from '../kernel/state/reader.ts';
import { State } from '../kernel/state/state.ts';
import { indexTable, type IndexKinds, type IndexName } from './indexes.ts';
import type { AnyRecord, Records } from './records.ts';

/** The state that a rule may read. */
export type StateReader = Reader<Records, IndexKinds>;

/** A record that an index finds. */
export type IndexedRecord<Name extends IndexName> = Records[IndexKinds[Name]];

/** The changes of a mutation to records. Puts replace whole records. */
export type Change = Writes<Records>;

/** A school's records in memory. Device and server use this same class. */
export class SchoolState extends State<Records, IndexKinds> {
	constructor(records: Iterable<AnyRecord> = []) {
		super(indexTable, records);
	}
}

/** A draft that a mutator writes to. */
export class Draft extends Overlay<Records, IndexKinds> {
	constructor(state: StateReader) {
		super(indexTable, state);
	}
}
