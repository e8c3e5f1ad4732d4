import type { Language } from '#lib/domain/kernel/languages.ts';
import type { PictureName } from '#lib/domain/credentials/pictures.ts';
import { m } from './paraglide/messages.js';

const names: Readonly<Record<PictureName, typeof m.pictures_cat>> = {
	cat: m.pictures_cat,
	apple: m.pictures_apple,
	rocket: m.pictures_rocket,
	umbrella: m.pictures_umbrella,
	fish: m.pictures_fish,
	key: m.pictures_key,
	tree: m.pictures_tree,
	elephant: m.pictures_elephant,
	bicycle: m.pictures_bicycle,
	banana: m.pictures_banana,
	star: m.pictures_star,
	scissors: m.pictures_scissors,
	duck: m.pictures_duck,
	house: m.pictures_house,
	guitar: m.pictures_guitar,
	snail: m.pictures_snail,
	car: m.pictures_car,
	strawberry: m.pictures_strawberry,
	butterfly: m.pictures_butterfly,
	bell: m.pictures_bell,
	turtle: m.pictures_turtle,
	balloon: m.pictures_balloon,
	giraffe: m.pictures_giraffe,
	pineapple: m.pictures_pineapple,
	crown: m.pictures_crown,
	sailboat: m.pictures_sailboat,
	carrot: m.pictures_carrot,
	hedgehog: m.pictures_hedgehog,
	drum: m.pictures_drum,
	moon: m.pictures_moon,
	octopus: m.pictures_octopus,
	cheese: m.pictures_cheese,
	hammer: m.pictures_hammer,
	snake: m.pictures_snake,
	candle: m.pictures_candle,
	grapes: m.pictures_grapes,
	penguin: m.pictures_penguin,
	cactus: m.pictures_cactus,
	doughnut: m.pictures_doughnut,
	cherries: m.pictures_cherries
};

/**
 * Returns the name of a picture of an image password, for people: `kat`. Unknown names stay as they
 * are.
 */
export function pictureLabel(name: string, locale?: Language): string {
	const message = Object.hasOwn(names, name) ? names[name as PictureName] : undefined;
	return message ? message({}, locale ? { locale } : undefined) : name;
}
