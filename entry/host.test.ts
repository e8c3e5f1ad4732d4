import { expect, test } from 'vitest';
import { hostFrom } from './host.ts';

test.each([
	[{}, '127.0.0.1'],
	[{ HOST: '' }, '127.0.0.1'],
	[{ HOST: '0.0.0.0' }, '0.0.0.0'],
	[{ HOST: '::1', ORIGIN: 'https://school.example' }, '::1'],
	[{ ORIGIN: 'https://school.example' }, undefined]
])('with %j it listens at %s', (env, host) => {
	expect(hostFrom(env)).toBe(host);
});
