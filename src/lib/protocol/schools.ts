import * as v from 'valibot';
import type { Id } from '#lib/domain/kernel/ids.ts';
import { parse } from './parse.ts';
import { count, id } from './shapes.ts';

/** A school that people can sign in to. */
export interface ListedSchool {
	readonly id: Id;
	readonly name: string;
	/** BRIN or instellingsnummer. */
	readonly number: string;
}

/** `POST /api/schools` answers at most these many: a person who sees more types on. */
export const maxListedSchools = 20;

/** `POST /api/schools/pictures { school }`: what an image password at a school is made of. */
export interface PictureChoice {
	/** How many pictures it has. */
	readonly length: number;
	/** From how many of the set they are chosen: its first ones. */
	readonly choices: number;
}

const school: v.GenericSchema<unknown, ListedSchool> = v.object({
	id,
	name: v.string(),
	number: v.string()
});

/** `POST /api/schools { name }`: a piece of the name. A body, since nothing typed goes into an address. */
export function parseSchoolSearch(value: unknown): string | null {
	const name = v.pipe(v.string(), v.trim(), v.maxLength(100));
	return parse(v.object({ name }), value)?.name ?? null;
}

export function parseSchools(value: unknown): readonly ListedSchool[] | null {
	return parse(v.object({ schools: v.array(school) }), value)?.schools ?? null;
}

export function parsePictureSchool(value: unknown): Id | null {
	return parse(v.object({ school: id }), value)?.school ?? null;
}

export function parsePictureChoice(value: unknown): PictureChoice | null {
	return parse(v.object({ length: count, choices: count }), value);
}
