import type { Base } from '../records.ts';

/** What the last import said of a person, so that a field changed here since is in doubt. */
export interface ImportBase extends Base<'importBase'> {
	readonly subject: 'pupil' | 'guardian' | 'staff';
	/** The person's key in the file: stamnummer, sourcedId, EDEXML key. */
	readonly sourceKey: string;
	readonly values: Readonly<Record<string, string>>;
}
