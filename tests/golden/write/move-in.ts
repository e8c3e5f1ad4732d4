import { JoinSchool } from '#lib/client/join-school.svelte.ts';
import type { Command, Session } from '#lib/client/session.svelte.ts';
import { inviteSchool } from '#lib/server/accounts/invite.ts';
import type { App } from '../../server/support/app.ts';
import { accounts, passwords, schoolNumber } from '../support/cast.ts';
import { platformOf, unlocked, type Device } from '../support/device.ts';
import { browserWith, type Dump } from '../support/dump.ts';
import { Visitor } from '../support/visitor.ts';

/** The school of a browser moves to the endpoint, by the app's own road; its administrator is signed in. */
export async function moveIn(app: App, local: Dump): Promise<Visitor> {
	const invited = { number: schoolNumber, name: 'De Sleutel' };
	const invitation = await inviteSchool(app.endpoint.store, invited, app.now);
	if (!('token' in invitation)) throw new Error(invitation.why);
	const visitor = new Visitor(app);
	const factory = await browserWith(local, true);
	visitor.factory = factory;
	const platform = platformOf(factory, () => app.now.getTime());
	const device = await unlocked(platform, accounts.administrator.userName, passwords.administrator);
	visitor.device = device;
	const join = new JoinSchool(sessionOf(device));
	join.token = invitation.token;
	join.password = passwords.administrator;
	const joined = await visitor.within(() => join.join());
	if (!joined) throw new Error(join.problem ?? 'The school has not moved');
	return visitor;
}

function sessionOf(device: Device): Session {
	const more = {
		commit: async (commands: readonly Command[]) => {
			for (const { name, args, secrets } of commands) await device.make(name, args, { secrets });
			return { ok: true };
		},
		preferences: {},
		connect: () => Promise.resolve()
	};
	return Object.assign(device.session, more);
}
