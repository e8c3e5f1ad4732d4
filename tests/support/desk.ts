import { newId } from '#lib/crypto/random.ts';
import type { Secrets } from '#lib/domain/credentials/secret.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import type { ArgsOf, MutationName } from '#lib/domain/registry/mutations.ts';
import { schemaVersion } from '#lib/protocol/limits.ts';
import type { SignedIn } from '#lib/protocol/session.ts';
import { Browser } from '../server/support/browser.ts';

/** A server, and its clock where that stands still. */
interface At {
	readonly url: string;
	readonly now?: Date;
}

/** A person who works at a desk, as they sign in. */
interface Who {
	readonly school: Id;
	readonly userName: string;
	readonly password: string;
}

/** A device of the administration without a screen: what is done at it goes to the server by request. */
export class Desk {
	readonly #at: At;
	readonly #browser: Browser;
	readonly #account: Id;
	readonly #clientId = newId();
	#number = 0;

	private constructor(at: At, { browser, account }: { browser: Browser; account: Id }) {
		this.#at = at;
		this.#browser = browser;
		this.#account = account;
	}

	static async open(at: At, { school, userName, password }: Who): Promise<Desk> {
		const browser = new Browser(at);
		const asked = { school, userName, password, vault: null, deviceName: 'Chrome', keyed: true };
		const { status, body } = await browser.post('/api/session', asked);
		if (status !== 200) throw new Error(JSON.stringify(body));
		return new Desk(at, { browser, account: (body as SignedIn).account });
	}

	/** Returns the mutation's uid, once the server has taken it. */
	async make<Name extends MutationName>(
		name: Name,
		args: ArgsOf<Name>,
		secrets: Secrets = {}
	): Promise<Id> {
		const uid = newId();
		const account = this.#account;
		const madeAt = (this.#at.now ?? new Date()).toISOString();
		const made = { uid, batch: null, actorId: account, madeAt };
		const mutations = [{ number: ++this.#number, mutation: { name, args, ...made }, secrets }];
		const { body } = await this.#browser.post('/api/sync', {
			schema: schemaVersion,
			account,
			clientId: this.#clientId,
			confirmed: this.#number - 1,
			cookie: null,
			mutations,
			unsent: false
		});
		const { results } = body as { readonly results?: readonly { readonly refusal: unknown }[] };
		if (results?.[0]?.refusal !== null) throw new Error(JSON.stringify(body));
		return uid;
	}
}
