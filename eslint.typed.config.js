// `npm test -- deep`: the rules that need types, in components too, and in the rest the one that oxlint
// lacks (no-unsafe-class-instance-assignment).
import { defineConfig } from 'eslint/config';
import ts from 'typescript-eslint';
import untyped from './eslint.config.js';

export default defineConfig(
	{
		files: ['**/*.ts', '**/*.svelte'],
		ignores: ['src/lib/i18n/paraglide/', 'src/service-worker.ts'],
		extends: [ts.configs.strictTypeCheckedOnly],
		languageOptions: {
			parserOptions: {
				projectService: true,
				extraFileExtensions: ['.svelte'],
				tsconfigRootDir: import.meta.dirname
			}
		},
		// As in .oxlintrc.json, which says why.
		rules: {
			'@typescript-eslint/no-confusing-void-expression': [
				'error',
				{ ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true }
			],
			'@typescript-eslint/restrict-template-expressions': [
				'error',
				{ allowNumber: true, allowBoolean: true }
			],
			'@typescript-eslint/no-misused-spread': 'off',
			'@typescript-eslint/no-unnecessary-condition': 'off'
		}
	},
	{
		// In components the linter sees no types where svelte-check does: of other components, and of the
		// parameters of snippets and callbacks in markup.
		files: ['**/*.svelte'],
		rules: {
			'@typescript-eslint/no-unsafe-argument': 'off',
			'@typescript-eslint/no-unsafe-assignment': 'off',
			'@typescript-eslint/no-unsafe-call': 'off',
			'@typescript-eslint/no-unsafe-member-access': 'off',
			'@typescript-eslint/no-unsafe-return': 'off'
		}
	},
	untyped
);
