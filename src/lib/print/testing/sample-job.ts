import type { CardContent } from '#lib/domain/cards/print-job.ts';
import type { IssuedKind } from '#lib/domain/credentials/kinds.ts';
import { pictureNames } from '#lib/domain/credentials/pictures.ts';
import type { Secret } from '#lib/domain/credentials/secret.ts';
import type { CardsJob } from '../papers/cards.ts';

/** Names from many scripts, some far too long. */
export const sampleNames = [
	'Şüheda Carabin',
	'محمد بن عبد الله الحسيني',
	'Nguyễn Thị Ánh Tuyết',
	'שרה כהן',
	'Anneliese van der Berghe-Wellens',
	'王小明',
	'Đorđe Petrović',
	'Αλέξανδρος Παπαδόπουλος',
	'Łukasz Żółciński',
	'क्षत्रिय देवनागरी',
	'สมชาย ใจดี',
	'გიორგი მაისურაძე',
	'አበበ ቢቂላ',
	'Մարիամ Հովհաննիսյան',
	'தமிழ்ச்செல்வி',
	'রহিমা খাতুন',
	'Maximiliaan-Alexander Christophe Bartholomeus van den Bossche-De Wittenberghe',
	'Жанна Ёлкина',
	'Ebubekir Gökçeoğlu Kızılırmakoğlu',
	'Jan (Jos) Janssens \\ 3',
	'Uvuvwevwevwe Onyetenyevwe Ugwemuhwem Osas'
];

const base45 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ$%*+-./:';

/** Cards that differ by their index alone: the same each time. */
export function sampleCard(index: number, kind: IssuedKind): CardContent {
	const name = sampleNames[index % sampleNames.length] ?? '';
	const folded = name
		.normalize('NFD')
		.toLowerCase()
		.replace(/[^a-z]+/g, '')
		.slice(0, 24);
	const userName = `${folded || 'leerling'}.${index}`;
	const digit = (place: number) => 2 + ((index * 7 + place * 3) % 8);
	const secrets: Record<IssuedKind, Secret> = {
		word: { kind, text: `zal${digit(1)}${digit(2)}${digit(3)}` } as Secret,
		temporary: { kind, text: `pgu${digit(1)}J${digit(2)}Zn` } as Secret,
		image: {
			kind: 'image',
			pictures: [1, 2, 3, 4, 5].map((place) => pictureNames[(index * place + place) % 20] ?? 'cat')
		}
	};
	return {
		pupilName: name,
		pupilNumber: String(100_000 + index),
		groupName: `${1 + (index % 6)}A`,
		type: kind === 'temporary' ? 'advanced' : 'basic',
		userName,
		loginAddress: `https://mijn.leerid.be/${userName}`,
		secret: secrets[kind],
		qr: Array.from(
			{ length: 154 },
			(_, i) => base45[(index * 31 + i * i * 7) % base45.length]
		).join('')
	};
}

export function sampleJob(
	count: number,
	kinds: readonly IssuedKind[],
	sheetIds: readonly string[]
): CardsJob {
	return {
		schoolName: 'Basisschool De Zonnebloem',
		locale: 'nl',
		title: 'Groep 5A',
		date: '2026-11-21',
		cards: Array.from({ length: count }, (_, i) =>
			sampleCard(i, kinds[i % kinds.length] ?? 'word')
		),
		letters: true,
		sheets: sheetIds.map((id) => ({ id, start: 1 })),
		spreadsheet: true,
		offset: { x: 0, y: 0 }
	};
}
