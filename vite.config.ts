import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vitest/config';
import { bundling } from './scripts/bundling.mjs';
import { groupChunks } from './scripts/chunks.mjs';
import { pwa } from './scripts/pwa.mjs';
import { unitTestProjects } from './scripts/unit-tests.mjs';
import { words } from './scripts/words.mjs';

const inTests = process.env['VITEST'] !== undefined;

export default defineConfig({
	plugins: [
		tailwindcss(),
		paraglideVitePlugin({
			project: './src/lib/i18n/project.inlang',
			outdir: './src/lib/i18n/paraglide',
			// A file for each language, of which scripts/words.mjs makes a chunk for each area.
			outputStructure: 'locale-modules',
			// Dutch until somebody chooses: a school's browsers often speak English, and its people do not.
			strategy: ['localStorage', 'baseLocale']
		}),
		sveltekit(),
		words(),
		groupChunks(),
		inTests ? [] : pwa()
	],
	...bundling,
	test: {
		projects: unitTestProjects(),
		environment: 'node',
		// Property tests and Argon2id take seconds on a busy machine.
		testTimeout: 30_000,
		expect: { poll: { timeout: 15_000 } }
	}
});
