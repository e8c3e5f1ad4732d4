import { expect, test } from 'vitest';
import { readUnsentFile, takeOverFile } from '#lib/client/unsent/unsent-file.ts';
import { SchoolState } from '#lib/domain/registry/state.ts';
import { accounts, idOf, passwords, schoolId } from './support/cast.ts';
import { onSqlite } from './support/endpoint.ts';
import { readGolden, readGoldenJson } from './support/files.ts';
import { contentsOf } from './support/server.ts';
import type { GoldenServer } from './support/shapes.ts';
import { valueOf } from './support/device.ts';
import { Visitor } from './support/visitor.ts';

test('what a device could not send then, another sends today, with the password', async () => {
	const file = readUnsentFile(readGolden('1/unsent-file.json').toString('utf8'));
	if (!file) throw new Error('It is no such file');
	expect(file).toMatchObject({ account: accounts.colleague.id, school: schoolId });
	const { at } = readGoldenJson('1/server.json.gz') as GoldenServer;
	const place = await onSqlite('1/server.sqlite.gz');
	const app = await place.start(at);
	const visitor = await Visitor.arrive(app, 'colleague', passwords.colleague);
	await visitor.sync();
	const { session } = visitor.device;
	const taken = await visitor.within(() => takeOverFile(session, file, passwords.colleague));
	expect(valueOf(taken)).toBe(1);
	await visitor.sync();
	expect(visitor.device.replica.refused).toBe(0);
	const { records } = await contentsOf(app.endpoint.store);
	expect(new SchoolState(records).get('signInBlock', idOf('account/fresh'))).toMatchObject({
		cause: 'administration'
	});
	await visitor.device.close();
	await app.stop();
	await place.remove();
});
