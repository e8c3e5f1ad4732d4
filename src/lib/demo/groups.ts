/** A group of the demo school, with where its pupils come from at the start of a school year. */
export interface DemoGroup {
	readonly name: string;
	/** 1–6 primary, 7–12 secondary: pupils of grade g turn g + 5 in the calendar year it starts. */
	readonly grade: number;
	readonly size: number;
	/** Indexes of last year's groups; a pupil came from one of them, or is new. */
	readonly from: readonly number[];
	/** How many of them are new, at least. */
	readonly fresh: number;
}

/** Sizes add up to the pupils that are enrolled (demoPupils in pupils.ts). */
export const groups: readonly DemoGroup[] = [
	{ name: '1ste leerjaar A', grade: 1, size: 22, from: [], fresh: 22 },
	{ name: '1ste leerjaar B', grade: 1, size: 21, from: [], fresh: 21 },
	{ name: '2de leerjaar A', grade: 2, size: 22, from: [0], fresh: 1 },
	{ name: '2de leerjaar B', grade: 2, size: 22, from: [1], fresh: 1 },
	{ name: '3de leerjaar A', grade: 3, size: 21, from: [2], fresh: 1 },
	{ name: '3de leerjaar B', grade: 3, size: 21, from: [3], fresh: 1 },
	{ name: '4de leerjaar', grade: 4, size: 26, from: [4, 5], fresh: 0 },
	{ name: '5de leerjaar', grade: 5, size: 25, from: [6], fresh: 1 },
	{ name: '6de leerjaar', grade: 6, size: 24, from: [7], fresh: 0 },
	{ name: '1e lj 1e gr A-stroom', grade: 7, size: 23, from: [8], fresh: 10 },
	{ name: '1e lj 1e gr B-stroom', grade: 7, size: 16, from: [8], fresh: 7 },
	{ name: '2e lj 1e gr Mechanica-elektriciteit', grade: 8, size: 21, from: [9, 10], fresh: 1 },
	{ name: '1e lj 2e gr Wetenschappen ASO', grade: 9, size: 23, from: [11], fresh: 3 },
	{ name: '2e lj 2e gr Wetenschappen ASO', grade: 10, size: 23, from: [12], fresh: 0 },
	{ name: '1e lj 3e gr Kantoor BSO', grade: 11, size: 17, from: [13], fresh: 7 },
	{ name: '1e lj 3e gr Sociale en techn. wet. TSO', grade: 11, size: 20, from: [13], fresh: 5 },
	{ name: '2e lj 3e gr Elektri.installatietechn.TSO', grade: 12, size: 19, from: [14], fresh: 0 },
	{ name: '2e lj 3e gr Elektromechanica TSO', grade: 12, size: 22, from: [15], fresh: 0 }
];

/** Parallel groups, between which a pupil moves halfway through a year. */
export const parallel: Readonly<Record<number, number>> = {
	0: 1,
	1: 0,
	2: 3,
	3: 2,
	4: 5,
	5: 4,
	9: 10,
	10: 9,
	14: 15,
	15: 14,
	16: 17,
	17: 16
};

/** Towns around the school, with the postcode. */
export const towns: readonly (readonly [postcode: string, city: string])[] = [
	['1030', 'Schaarbeek'],
	['1030', 'Schaarbeek'],
	['1130', 'Haren'],
	['1140', 'Evere'],
	['1800', 'Vilvoorde'],
	['1800', 'Vilvoorde'],
	['1830', 'Machelen'],
	['1930', 'Zaventem'],
	['1850', 'Grimbergen'],
	['1020', 'Laken']
];

export const streets: readonly string[] = (
	'Sleutelbloemstraat Kerkstraat Stationsstraat Molenstraat Schoolstraat Lindelaan Kastanjelaan ' +
	'Nieuwstraat Dorpsstraat Haachtsesteenweg Mechelsesteenweg Beukenlaan Vredelaan Leliestraat ' +
	'Rozenstraat Korenbloemlaan Kapelstraat Veldstraat Beekstraat Groenstraat Vaartdijk Woluwelaan ' +
	'Eikenlaan Parkstraat Hoogstraat Zonnebloemlaan Peter_Benoitstraat Albert_I-laan ' +
	'Burgemeester_Van_Gansberghelaan Onze-Lieve-Vrouw-ter-Sneeuwstraat'
)
	.split(' ')
	.map((street) => street.replaceAll('_', ' '));
