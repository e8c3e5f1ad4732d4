import { JoinSchool } from '#lib/client/school/join-school.svelte.ts';
import type { Command } from '#lib/client/session/session.svelte.ts';
import { inviteSchool } from '#lib/server/accounts/invite.ts';
import type { App } from '../../server/support/app.ts';
import { accounts, passwords } from './cast.ts';
import { platformOf, unlocked, type Device } from './device.ts';
import { browserWith, type Dump } from './dump.ts';
import { Visitor } from './visitor.ts';

/** The school of a browser moves to the server, by the app's own road; its administrator is signed in. */
export async function moveIn(app: App, local: Dump): Promise<Visitor> {
	const visitor = new Visitor(app);
	visitor.factory = await browserWith(local, true);
	const platform = platformOf(visitor.factory, () => app.now.getTime());
	const { userName } = accounts.administrator;
	const device = await unlocked(platform, userName, passwords.administrator);
	visitor.device = device;
	const [school] = device.replica.state.all('school');
	const invited = { number: school?.number ?? '', name: 'De Sleutel' };
	const invitation = await inviteSchool(app.endpoint.store, invited, app.now);
	if (!('token' in invitation)) throw new Error(invitation.why);
	const join = joining(device, invitation.token);
	const joined = await visitor.within(() => join.join());
	if (!joined) throw new Error(join.problem ?? 'The school has not moved');
	return visitor;
}

/** The page on which a school is moved, filled in. */
export function joining(device: Device, token: string): JoinSchool {
	const more = {
		commit: async (commands: readonly Command[]) => {
			for (const { name, args, secrets } of commands) await device.make(name, args, { secrets });
			return { ok: true };
		},
		preferences: {},
		connect: () => Promise.resolve()
	};
	const join = new JoinSchool(Object.assign(device.session, more));
	join.token = token;
	join.password = passwords.administrator;
	return join;
}
