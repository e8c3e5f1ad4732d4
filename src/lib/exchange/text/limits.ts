/** What a file may be at most. Beyond a school by far, and well within a browser's memory. */
export interface Limits {
	/** All files together. */
	readonly bytes: number;
	/** Unpacked, all entries together. */
	readonly expandedBytes: number;
	readonly zipEntries: number;
	readonly rows: number;
	readonly columns: number;
	/** Of a table; rows are as long as their last filled cell. */
	readonly cells: number;
	/** Characters in one cell; Excel's own limit. */
	readonly cell: number;
}

export const limits: Limits = {
	bytes: 60_000_000,
	expandedBytes: 400_000_000,
	zipEntries: 2_000,
	rows: 200_000,
	columns: 500,
	cells: 6_000_000,
	cell: 32_767
};
