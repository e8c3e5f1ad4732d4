// Components alone: everything else is oxlint's (.oxlintrc.json). Without types, which cost ten times
// as much here as all the rest; `npm test -- deep` lints with them (eslint.typed.config.js).
import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

export default defineConfig(
	globalIgnores(['.svelte-kit/', 'build/', 'test-results/', '**/*.js', '**/*.mjs']),
	{ linterOptions: { noInlineConfig: true } },
	{
		files: ['**/*.svelte'],
		extends: [js.configs.recommended, ts.configs.strict],
		languageOptions: { globals: globals.browser },
		rules: { eqeqeq: 'error', 'no-console': 'error' }
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		extends: [svelte.configs.recommended],
		languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
		rules: {
			// State is replaced whole ($state.raw), so plain sets and maps do.
			'svelte/prefer-svelte-reactivity': 'off',
			// The app has no base path; addresses are written as they are.
			'svelte/no-navigation-without-resolve': 'off'
		}
	}
);
