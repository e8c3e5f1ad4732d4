import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { trustedTypesPolicy } from '../../../../entry/policy.js';

beforeEach(() => {
	vi.resetModules();
	vi.stubGlobal('location', { origin: 'https://school.example' });
});
afterEach(() => vi.unstubAllGlobals());

test('a script of our own passes, under the one policy that the content policy names', async () => {
	const createPolicy = vi.fn((_name: string, rules: object) => rules);
	vi.stubGlobal('trustedTypes', { createPolicy });
	const { trustedScriptUrl } = await import('./trusted.ts');
	const { startWorker } = await import('./start-worker.ts');
	expect(trustedScriptUrl('/service-worker.js')).toBe('https://school.example/service-worker.js');
	expect(trustedScriptUrl('https://school.example/x.js')).toBe('https://school.example/x.js');
	const started = vi.fn();
	vi.stubGlobal('Worker', started);
	startWorker('/_app/x.js');
	expect(started.mock.calls).toEqual([['https://school.example/_app/x.js', { type: 'module' }]]);
	expect(() => startWorker('https://example.org/x.js')).toThrow(TypeError);
	expect(createPolicy.mock.calls.map(([name]) => name)).toEqual([trustedTypesPolicy]);
});

test('a script from elsewhere, or one written into its address, is refused', async () => {
	const { trustedScriptUrl } = await import('./trusted.ts');
	for (const address of [
		'https://example.org/x.js',
		'//example.org/x.js',
		'data:text/javascript,1'
	]) {
		expect(() => trustedScriptUrl(address)).toThrow(TypeError);
	}
});

test('a browser without Trusted Types takes the checked address as it is', async () => {
	const { trustedScriptUrl } = await import('./trusted.ts');
	expect(trustedScriptUrl('/_app/x.js')).toBe('https://school.example/_app/x.js');
});
