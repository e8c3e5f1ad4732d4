import { defineConfig } from '@playwright/test';
import { chromiumFlags, findChromium } from './scripts/chromium.mjs';

// Set once, in the process that reads this first; its workers inherit it. A port per run, so that
// two runs do not meet.
const port = (process.env['E2E_PORT'] ??= String(20_000 + (process.pid % 20_000)));
const executablePath = findChromium();

export default defineConfig({
	testDir: 'tests/e2e',
	testMatch: '**/*.spec.ts',
	outputDir: 'test-results/e2e',
	fullyParallel: true,
	workers: 2,
	timeout: 60_000,
	expect: { timeout: 10_000 },
	forbidOnly: true,
	reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
	use: {
		baseURL: `http://localhost:${port}`,
		locale: 'nl-NL',
		timezoneId: 'Europe/Amsterdam',
		actionTimeout: 15_000,
		viewport: { width: 1280, height: 800 },
		// Putting all of the app into a cache costs more than the start of most tests; those about a
		// start without a network ask for it (tests/e2e/support/offline.ts).
		serviceWorkers: 'block',
		screenshot: 'only-on-failure',
		launchOptions: { args: [...chromiumFlags], ...(executablePath ? { executablePath } : {}) }
	},
	webServer: {
		command: 'node entry/serve.ts',
		env: { PORT: port },
		url: `http://localhost:${port}/healthz`,
		reuseExistingServer: false
	}
});
