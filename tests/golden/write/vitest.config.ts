import { mergeConfig } from 'vitest/config';
import viteConfig from '../../../vite.config.ts';

/** Runs the writers, by hand and once: see README.md. */
const config = mergeConfig(viteConfig, {});
config.test = { ...config.test, include: ['tests/golden/write/*.write.ts'], testTimeout: 600_000 };

// Vite asks for a default export.
export default config;
