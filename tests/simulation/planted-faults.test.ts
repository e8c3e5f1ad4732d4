import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { faultNames, graftedBy } from './planted-faults.ts';

test.each(faultNames)('the fault %s is planted in modules that are there', (name) => {
	const modules = graftedBy(name);
	expect(modules.length).toBeGreaterThan(0);
	expect(modules.filter((module) => !existsSync(module))).toEqual([]);
});
