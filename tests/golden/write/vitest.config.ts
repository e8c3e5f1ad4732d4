import { defineConfig } from 'vitest/config';
import base from '../../../vite.config.ts';

/** Runs the writers, by hand and once: see README.md. Vite asks for a default export. */
export default defineConfig({
	...base,
	test: { ...base.test, include: ['tests/golden/write/*.write.ts'], testTimeout: 600_000 }
});
