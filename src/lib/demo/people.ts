import { asciiLetters } from '#lib/domain/kernel/text/transliterate.ts';
import type { NameParts } from '#lib/domain/people/names.ts';
import type { Address } from '#lib/domain/people/kinds.ts';
import type { IsoDate } from '#lib/domain/kernel/ids.ts';
import type { Sex } from '#lib/domain/kernel/numbers/national-number.ts';
import { madeUpNumber } from './made-up-number.ts';
import { drawNames, givenNameFor, surnameFor, type Names } from './names.ts';
import { streets, towns } from './groups.ts';
import type { Random } from './random.ts';

export interface DemoGuardian extends NameParts {
	readonly key: string;
	readonly relation: string;
	readonly authority: boolean | null;
	readonly address: Address;
}

export interface DemoFamily {
	readonly names: Names;
	/** As in name-lists.ts, so that a daughter can get her form of it. */
	readonly surname: string;
	readonly home: Address;
	readonly guardians: readonly DemoGuardian[];
	readonly grades: number[];
}

export interface DemoPerson extends NameParts {
	readonly number: string;
	readonly sex: Sex;
	readonly birthDate: IsoDate;
	/** Empty: none yet. */
	readonly nationalNumber: string;
	readonly officialGivenName: string;
	readonly contact: Address;
	readonly family: DemoFamily;
	/** Not drawn: everybody should meet them. */
	readonly fixed: boolean;
}

/** The conditions on the person to be drawn next. */
interface Wanted {
	/** Calendar year of birth, but for those who repeat a year. */
	readonly birthYear: number;
	readonly grade: number;
	/** Instead of a drawn name. */
	readonly fixed?: FixedName;
}

export interface FixedName extends Pick<NameParts, 'givenName' | 'familyName'> {
	readonly sex: 'M' | 'V';
	/** For the parents. */
	readonly names: Names | undefined;
}

/** Draws families and their children; nobody twice, and no number twice. */
export class Population {
	readonly #random: Random;
	readonly #digits: number;
	readonly #families: DemoFamily[] = [];
	readonly #taken = new Set<string>();

	/** @param digits how long pupil numbers are. */
	constructor(random: Random, digits = 5) {
		this.#random = random;
		this.#digits = digits;
	}

	draw(wanted: Wanted): DemoPerson {
		const random = this.#random;
		const { fixed, grade, birthYear } = wanted;
		const family = fixed ? this.#newFamily(fixed) : this.#familyFor(grade);
		const sex = fixed?.sex ?? (random.chance(0.5) ? 'V' : 'M');
		const birthDate = this.#birthDate(birthYear);
		const { namePrefix, familyName } = surnameFor(family.surname, sex);
		const givenName = fixed?.givenName ?? this.#givenName(family, sex, familyName + birthDate);
		family.grades.push(grade);
		const second = givenNameFor(family.names, sex, random);
		return {
			givenName,
			namePrefix,
			familyName,
			number: this.#pupilNumber(),
			sex,
			birthDate,
			nationalNumber: madeUpNumber(birthDate, sex, (number) => this.#isNew(number), random),
			officialGivenName: random.chance(0.3) ? `${givenName} ${second}` : givenName,
			contact: { ...family.home, phone: '', email: '' },
			family,
			fixed: fixed !== undefined
		};
	}

	/** Of somebody else only where all names of a small list are taken. */
	#givenName({ names, surname }: DemoFamily, sex: 'M' | 'V', other: string): string {
		for (let tries = 0; ; tries++) {
			const givenName = givenNameFor(names, sex, this.#random);
			const isNew = this.#isNew(`${givenName} ${surname}`);
			if ((isNew || tries > 9) && this.#isNew(`${givenName} ${other}`)) return givenName;
			// Better one name twice than a hang.
			if (tries > 99) return givenName;
		}
	}

	/** One in five is somebody's brother or sister. */
	#familyFor(grade: number): DemoFamily {
		if (this.#families.length > 20 && this.#random.chance(0.2)) {
			const family = this.#random.pick(this.#families.slice(-200));
			if (family.grades.length < 3 && !family.grades.includes(grade)) return family;
		}
		return this.#newFamily();
	}

	#newFamily(fixed?: FixedName): DemoFamily {
		const names = fixed?.names ?? drawNames(this.#random);
		const surname = fixed?.familyName ?? this.#random.pick(names.families);
		const family = drawFamily(names, surname, this.#random, () => this.#number('O'));
		this.#families.push(family);
		return family;
	}

	#birthDate(year: number): IsoDate {
		const late = this.#random.chance(0.08) ? 1 : 0;
		const day = this.#random.between(1, 28);
		const month = this.#random.between(1, 12);
		return [year - late, month, day].map((part) => String(part).padStart(2, '0')).join('-');
	}

	#pupilNumber(): string {
		return this.#number('');
	}

	#number(prefix: string): string {
		for (;;) {
			const lowest = 10 ** (this.#digits - 1);
			const number = `${prefix}${this.#random.between(lowest, lowest * 10 - 1)}`;
			if (this.#isNew(number)) return number;
		}
	}

	#isNew(text: string): boolean {
		if (this.#taken.has(text)) return false;
		this.#taken.add(text);
		return true;
	}
}

export function drawAddress(random: Random): Address {
	const [postcode, city] = random.pick(towns);
	const box = random.chance(0.15) ? ` bus ${random.between(1, 12)}` : '';
	return {
		street: random.pick(streets),
		houseNumber: `${random.between(1, 240)}${box}`,
		postcode,
		city,
		phone: '',
		email: ''
	};
}

const relationPairs: readonly (readonly [share: number, ...relations: string[]])[] = [
	[0.84, 'moeder', 'vader'],
	[0.1, 'moeder'],
	[0.02, 'moeder', 'moeder'],
	[0.02, 'pleegouder', 'pleegouder'],
	[0.01, 'voogd'],
	[0.01, 'grootmoeder']
];

function drawFamily(
	names: Names,
	surname: string,
	random: Random,
	newKey: () => string
): DemoFamily {
	const home = drawAddress(random);
	const apart = random.chance(0.15);
	let left = random.next();
	const drawn = relationPairs.find(([share]) => (left -= share) < 0) ?? [1, 'moeder'];
	const guardians = drawn.slice(1).map((relation, index): DemoGuardian => {
		const sex = relation === 'vader' || relation === 'voogd' ? 'M' : 'V';
		const name = surnameFor(relation === 'vader' ? surname : random.pick(names.families), sex);
		const givenName = givenNameFor(names, sex, random);
		const key = newKey();
		const address = index > 0 && apart ? drawAddress(random) : home;
		return {
			key,
			givenName,
			...name,
			relation: String(relation),
			authority: relation === 'grootmoeder' ? false : random.chance(0.9) ? true : null,
			address: { ...address, phone: phone(random), email: emailOf({ givenName, ...name }, key) }
		};
	});
	return { names, surname, home, guardians, grades: [] };
}

/** No subscriber's: the zeros stand where operators start to count. */
function phone(random: Random): string {
	const pair = () => String(random.int(100)).padStart(2, '0');
	return `0470 00 ${pair()} ${pair()}`;
}

/** In a domain that is nobody's (RFC 2606). */
export function emailOf(name: NameParts, key: string): string {
	const local = [name.givenName, name.namePrefix + name.familyName].map(asciiLetters);
	const domain = ['example.org', 'example.com', 'example.net'][Number(key.at(-1)) % 3];
	const text = local.filter((part) => part !== '').join('.');
	return `${text || key.toLowerCase()}@${domain}`;
}
