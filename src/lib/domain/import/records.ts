import type { Base } from '../records.ts';

/** What the last import said of a person, so that a field changed here since is in doubt. */
export interface ImportBase extends Base<'importBase'> {
	readonly subject: 'pupil' | 'guardian' | 'staff';
