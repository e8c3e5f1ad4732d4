import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inviteSchool } from '#lib/server/accounts/invite.ts';
import { openStore, placeFrom } from '#lib/server/store/open-store.ts';
import { startAppServer } from '../../support/app-server.ts';

export interface InvitingServer {
	readonly origin: string;
	/** Of the invitation. */
	readonly token: string;
	stop(): Promise<void>;
}

/** The built app with a server that has no school yet, and invites one. */
export async function startInviting(school: {
	readonly number: string;
	readonly name: string;
}): Promise<InvitingServer> {
	const folder = await mkdtemp(join(tmpdir(), 'endpoint-e2e-'));
	const env = { DATA_DIR: folder };
	const store = await openStore(placeFrom(env));
	const invited = await inviteSchool(store, school, new Date());
	await store.close();
	if (!('token' in invited)) throw new Error(`not invited: ${invited.why}`);
	const app = await startAppServer({ env });
	return {
		origin: app.origin,
		token: invited.token,
		stop: async () => {
			await app.stop();
			await rm(folder, { recursive: true });
		}
	};
}
