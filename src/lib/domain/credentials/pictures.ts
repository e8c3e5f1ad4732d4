// Made by scripts/make-pictures.mjs; do not edit.
// Pictures: Fluent Emoji, copyright (c) Microsoft Corporation, MIT License.

/**
 * The pictures that image passwords are made of. A school with n choices uses the first n. Released
 * names stay: passwords are made of them.
 */
export const pictureNames = [
	'cat',
	'apple',
	'rocket',
	'umbrella',
	'fish',
	'key',
	'tree',
	'elephant',
	'bicycle',
	'banana',
	'star',
	'scissors',
	'duck',
	'house',
	'guitar',
	'snail',
	'car',
	'strawberry',
	'butterfly',
	'bell',
	'turtle',
	'balloon',
	'giraffe',
	'pineapple',
	'crown',
	'sailboat',
	'carrot',
	'hedgehog',
	'drum',
	'moon',
	'octopus',
	'cheese',
	'hammer',
	'snake',
	'candle',
	'grapes',
	'penguin',
	'cactus',
	'doughnut',
	'cherries'
] as const;

export type PictureName = (typeof pictureNames)[number];
