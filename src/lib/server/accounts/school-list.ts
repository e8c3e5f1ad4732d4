import { fold } from '#lib/domain/kernel/text/fold.ts';
import { maxListedSchools, type ListedSchool } from '#lib/protocol/schools.ts';
import type { Database } from '../store/database.ts';

/** How long a list is good for, in milliseconds. Schools come seldom. */
const goodFor = 30_000;

interface Folded {
	readonly school: ListedSchool;
	readonly name: string;
}

/** The schools that people can sign in to, in memory: all of the Netherlands and Flanders are a megabyte. */
export class SchoolList {
	readonly #database: Database;
	readonly #now: () => Date;
	#schools: readonly Folded[] = [];
	#readAt = 0;

	constructor(database: Database, now: () => Date) {
		this.#database = database;
		this.#now = now;
	}

	/**
	 * The schools whose name holds every word that was typed, or whose number is that; names that begin
	 * with it come first. Nothing typed: none, unless there are no more than fit.
	 */
	async find(typed: string): Promise<readonly ListedSchool[]> {
		const schools = await this.#all();
		const words = fold(typed)
			.split(/\s+/)
			.filter((word) => word !== '');
		if (words.length === 0 && schools.length > maxListedSchools) return [];
		const whole = words.join(' ');
		return schools
			.filter(
				({ name, school }) =>
					fold(school.number) === whole || words.every((word) => name.includes(word))
			)
			.sort((one, other) => rank(one, whole) - rank(other, whole) || compare(one, other))
			.slice(0, maxListedSchools)
			.map(({ school }) => school);
	}

	/** A school opened: it is to be found at once. */
	forget(): void {
		this.#readAt = 0;
	}

	async #all(): Promise<readonly Folded[]> {
		const now = this.#now().getTime();
		if (now - this.#readAt < goodFor) return this.#schools;
		const rows = await this.#database.readOutside(({ db }) =>
			db
				.selectFrom('schools')
				.select(['id', 'name', 'number'])
				.where('state', '=', 'open')
				.execute()
		);
		this.#schools = rows.map((school) => ({ school, name: fold(school.name) }));
		this.#readAt = now;
		return this.#schools;
	}
}

function rank({ name }: Folded, whole: string): number {
	return name.startsWith(whole) ? 0 : 1;
}

function compare(one: Folded, other: Folded): number {
	return one.name < other.name ? -1 : 1;
}
