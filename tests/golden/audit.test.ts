import { expect, test } from 'vitest';
import { parseAuditBody, type AuditBody } from '#lib/protocol/audit.ts';
import { commitmentTo, genesis, linkHash } from '#lib/server/audit/audit.ts';
import { readGoldenJson } from './support/files.ts';
import type { GoldenAuditEntry } from './support/shapes.ts';

const entries = readGoldenJson('1/audit.json') as readonly GoldenAuditEntry[];

test('the chain of an audit log has the hashes that it had', () => {
	let previous = genesis;
	for (const entry of entries) {
		expect(entry.previous).toBe(previous);
		expect(linkHash(entry)).toBe(entry.hash);
		previous = entry.hash;
	}
	expect(entries.length).toBeGreaterThan(30);
});

test('an entry still commits to what was asked, and one to what was erased', () => {
	const erased = entries.filter(({ payload }) => payload === null);
	expect(erased).toHaveLength(1);
	for (const { payload, salt, commitment } of entries) {
		if (payload !== null && salt !== null) expect(commitmentTo(payload, salt)).toBe(commitment);
	}
});

test('entries of every sort are read', () => {
	const every: Readonly<Record<AuditBody['what'], true>> = {
		mutation: true,
		movedIn: true,
		signedOut: true,
		erased: true,
		refused: true
	};
	const found = new Set(entries.map(({ body }) => parseAuditBody(JSON.parse(body))?.what));
	expect(found).toEqual(new Set(Object.keys(every)));
});
