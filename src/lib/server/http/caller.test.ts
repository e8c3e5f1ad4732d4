import { expect, it } from 'vitest';
import { TestEndpoint } from '../sync/testing.ts';
import { newToken } from '../session/token.ts';
import { callerOf } from './caller.ts';

it('brings no school into memory for a session that was made up', async () => {
	const { store, schools, ...endpoint } = await withSchool();
	const cookie = `session=${newToken('school-1').text}`;
	const request = new Request('http://localhost/api/sync', { headers: { cookie } });
	const tools = { store, schools, now: () => endpoint.now };
	const { session, caller } = await callerOf(tools, request, { plain: true });
	expect(session).toBeNull();
	expect(caller).toEqual({ ok: false, error: { code: 'signedOut' } });
	expect(schools.recordsInMemory).toBe(0);
});

async function withSchool(): Promise<TestEndpoint> {
	const endpoint = await TestEndpoint.open();
	await endpoint.addSchool('school-1');
	return endpoint;
}
