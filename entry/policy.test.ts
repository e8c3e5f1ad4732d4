import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { announcerStyleHash, policyHeader } from './policy.js';

test('the allowed style hash is that of the announcer of the installed Kit', () => {
	const kit = 'node_modules/@sveltejs/kit/src/core/sync/write_root.js';
	const style = /id="svelte-announcer"[^>]*style="([^"]+)"/.exec(readFileSync(kit, 'utf8'))?.[1];
	const hash = createHash('sha256')
		.update(style ?? '')
		.digest('base64');
	expect(announcerStyleHash).toBe(`sha256-${hash}`);
});

test('the header quotes keywords and hashes, and leaves schemes and policy names bare', () => {
	const policy = policyHeader();
	expect(policy).toContain("default-src 'none'");
	expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval';");
	expect(policy).toContain("img-src 'self' data: blob:");
	expect(policy).toContain(`'${announcerStyleHash}'`);
	expect(policy).toContain('trusted-types svelte-trusted-html schoolsleutel');
	expect(policy).toContain("frame-ancestors 'none'");
});

test('nothing lets inline script or eval in', () => {
	expect(policyHeader()).not.toMatch(/'unsafe-inline'|'unsafe-eval'|\*/);
});
