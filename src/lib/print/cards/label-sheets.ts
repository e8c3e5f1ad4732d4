/** A sheet of labels on A4. Lengths in mm. */
export interface LabelSheet {
	readonly id: string;
	/** Other product numbers with the same measures. */
	readonly alias: readonly string[];
	/** Of one label. */
	readonly w: number;
	readonly h: number;
	readonly cols: number;
	readonly rows: number;
	/** From the paper's edge to the first label. */
	readonly left: number;
	readonly top: number;
	/** From label to label. */
	readonly pitchX: number;
	readonly pitchY: number;
}

/** Every sheet on offer; measures from the makers' templates and gLabels 3.4.1. */
export const labelSheets: readonly LabelSheet[] = [
	{
		id: 'L7160',
		alias: ['J8160'],
		w: 63.5,
		h: 38.1,
		cols: 3,
		rows: 7,
		left: 7.21,
		top: 15.15,
		pitchX: 66.04,
		pitchY: 38.1
	},
	{
		id: 'L7163',
		alias: [],
		w: 99.06,
		h: 38.1,
		cols: 2,
		rows: 7,
		left: 4.67,
		top: 15.15,
		pitchX: 101.6,
		pitchY: 38.1
	},
	{
		id: 'L7651',
		alias: ['L8651', 'L7551'],
		w: 38.1,
		h: 21.2,
		cols: 5,
		rows: 13,
		left: 4.7,
		top: 10.9,
		pitchX: 40.6,
		pitchY: 21.2
	},
	{
		id: 'L7161',
		alias: [],
		w: 63.57,
		h: 46.78,
		cols: 3,
		rows: 6,
		left: 7.41,
		top: 8.11,
		pitchX: 65.93,
		pitchY: 46.74
	},
	{
		id: 'L7162',
		alias: [],
		w: 99.1,
		h: 33.9,
		cols: 2,
		rows: 8,
		left: 3.99,
		top: 12.98,
		pitchX: 102.48,
		pitchY: 33.9
	},
	{
		id: 'L7165',
		alias: [],
		w: 99.06,
		h: 67.73,
		cols: 2,
		rows: 4,
		left: 4.67,
		top: 13.04,
		pitchX: 101.64,
		pitchY: 67.73
	},
	{
		id: 'L4770',
		alias: ['L7654'],
		w: 45.7,
		h: 25.4,
		cols: 4,
		rows: 10,
		left: 10,
		top: 22,
		pitchX: 48.5,
		pitchY: 25.4
	},
	{
		id: 'Herma 4677',
		alias: ['4103 family'],
		w: 63.5,
		h: 38.1,
		cols: 3,
		rows: 7,
		left: 6.75,
		top: 15.5,
		pitchX: 66.5,
		pitchY: 38.1
	},
	{
		id: 'Herma 4614',
		alias: ['4670', '5053'],
		w: 66,
		h: 33.8,
		cols: 3,
		rows: 8,
		left: 5.7,
		top: 13,
		pitchX: 66,
		pitchY: 33.8
	},
	{
		id: 'Herma 4606',
		alias: ['4270'],
		w: 38,
		h: 21.2,
		cols: 5,
		rows: 13,
		left: 9.5,
		top: 10.5,
		pitchX: 38,
		pitchY: 21.2
	},
	{
		id: 'Zweckform 3474',
		alias: [],
		w: 70,
		h: 37,
		cols: 3,
		rows: 8,
		left: 0,
		top: 0,
		pitchX: 70,
		pitchY: 37
	},
	{
		id: 'Zweckform 3490',
		alias: [],
		w: 70,
		h: 36,
		cols: 3,
		rows: 8,
		left: 0,
		top: 4.43,
		pitchX: 70,
		pitchY: 36
	}
];

export function labelSheet(id: string): LabelSheet | undefined {
	return labelSheets.find((sheet) => sheet.id === id);
}
