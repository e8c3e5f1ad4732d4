import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

export default defineConfig(
	globalIgnores(['.svelte-kit/', 'build/', 'test-results/', 'src/lib/i18n/paraglide/']),
	js.configs.recommended,
	ts.configs.strictTypeChecked,
	svelte.configs.recommended,
	{
		languageOptions: {
			globals: { ...globals.browser, ...globals.node },
			parserOptions: {
				projectService: true,
				extraFileExtensions: ['.svelte'],
				tsconfigRootDir: import.meta.dirname
			}
		},
		linterOptions: { noInlineConfig: true }
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } }
	},
	{
		rules: {
			eqeqeq: 'error',
			'no-console': 'error',
			'@typescript-eslint/no-confusing-void-expression': [
				'error',
				{ ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true }
			],
			'@typescript-eslint/restrict-template-expressions': [
				'error',
				{ allowNumber: true, allowBoolean: true }
			],
			// Characters of a text are meant wherever a text is spread here.
			'@typescript-eslint/no-misused-spread': 'off',
			// What comes from storage, files or the wire is checked, whatever its type promises.
			'@typescript-eslint/no-unnecessary-condition': 'off',
			// Readers of files meet control characters.
			'no-control-regex': 'off',
			// State is replaced whole ($state.raw), so plain sets and maps do.
			'svelte/prefer-svelte-reactivity': 'off',
			// The app has no base path; addresses are written as they are.
			'svelte/no-navigation-without-resolve': 'off'
		}
	},
	{
		// In markup the linter sees no types where svelte-check does: of snippets' and callbacks' parameters.
		files: ['**/*.svelte'],
		rules: {
			'@typescript-eslint/no-unsafe-argument': 'off',
			'@typescript-eslint/no-unsafe-assignment': 'off',
			'@typescript-eslint/no-unsafe-call': 'off',
			'@typescript-eslint/no-unsafe-member-access': 'off',
			'@typescript-eslint/no-unsafe-return': 'off'
		}
	},
	{
		// A component that another one imports has no types here; svelte-check knows them.
		files: ['**/*.svelte'],
		rules: {
			'@typescript-eslint/no-unsafe-argument': 'off',
			'@typescript-eslint/no-unsafe-assignment': 'off',
			'@typescript-eslint/no-unsafe-call': 'off',
			'@typescript-eslint/no-unsafe-member-access': 'off',
			'@typescript-eslint/no-unsafe-return': 'off'
		}
	},
	{ files: ['scripts/**', 'entry/**', 'tests/**'], rules: { 'no-console': 'off' } },
	{
		// Types of plain scripts are checked by svelte-check; the service worker has a world of its own.
		files: ['**/*.js', '**/*.mjs', 'src/service-worker.ts'],
		extends: [ts.configs.disableTypeChecked]
	}
);
