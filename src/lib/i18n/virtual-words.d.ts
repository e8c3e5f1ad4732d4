/** Made by scripts/words.mjs. */
declare module 'virtual:words/*' {
	const words: import('./words.ts').AreaWords;
	export default words;
}
