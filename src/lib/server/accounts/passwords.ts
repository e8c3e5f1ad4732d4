import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const argon2id = promisify(argon2).bind(null, 'argon2id');

/** The least that OWASP's password storage cheat sheet takes for Argon2id: some 60 ms of one core. */
const memoryKiB = 19_456;
const passes = 2;
const parallelism = 1;
const saltLength = 16;
const tagLength = 32;

/** Node's thread pool has four threads; files and names are looked up on them too. */
const atOnce = 3;

/** Too many passwords are being checked already: the caller should say "in a moment". */
export class TooBusy extends Error {}

export interface PasswordsOptions {
	/** Mixed into every hash, so that a stolen database alone leaves nothing to try passwords on. */
	readonly pepper: Buffer;
	/**
	 * The longest queue: a person behind more than these, some ten seconds, is better told to come
	 * back.
	 */
	readonly mayWait?: number;
}

/**
 * Argon2id, on Node's thread pool and never on the main thread, a few at a time. A hash is PHC text:
 * `$argon2id$v=19$m=19456,t=2,p=1$SALT$TAG`.
 */
export class Passwords {
	readonly #pepper: Buffer;
	readonly #mayWait: number;
	readonly #waiting: (() => void)[] = [];
	#running = 0;
	/** How many times Argon2id ran; tests count dummy runs by it. */
	runs = 0;

	constructor({ pepper, mayWait = 400 }: PasswordsOptions) {
		this.#pepper = pepper;
		this.#mayWait = mayWait;
	}

	async hash(password: string): Promise<string> {
		const salt = randomBytes(saltLength);
		const tag = await this.#tag(password, salt);
		const parameters = `m=${memoryKiB},t=${passes},p=${parallelism}`;
		return `$argon2id$v=19$${parameters}$${base64(salt)}$${base64(tag)}`;
	}

	/**
	 * Tells whether a password is the hashed one.
	 * @param hash null: there is no such account. It costs the same, so that time does not tell.
	 */
	async verify(password: string, hash: string | null): Promise<boolean> {
		const parts =
			hash === null
				? null
				: /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/.exec(hash);
		if (hash !== null && !parts) throw new Error('A stored password hash cannot be read');
		if (!parts) {
			await this.#tag(password, randomBytes(saltLength));
			return false;
		}
		const [, memory, time, lanes, salt = '', expected = ''] = parts;
		const cost = { memory: Number(memory), passes: Number(time), parallelism: Number(lanes) };
		const tag = await this.#tag(password, Buffer.from(salt, 'base64'), cost);
		const wanted = Buffer.from(expected, 'base64');
		return tag.length === wanted.length && timingSafeEqual(tag, wanted);
	}

	async #tag(
		password: string,
		nonce: Buffer,
		cost = { memory: memoryKiB, passes, parallelism }
	): Promise<Buffer> {
		await this.#turn();
		try {
			this.runs++;
			// One way to write a letter with an accent, whatever keyboard typed it.
			const message = password.normalize('NFC');
			return await argon2id({ message, nonce, ...cost, tagLength, secret: this.#pepper });
		} finally {
			const next = this.#waiting.shift();
			if (next) next();
			else this.#running--;
		}
	}

	async #turn(): Promise<void> {
		if (this.#running < atOnce) {
			this.#running++;
			return;
		}
		if (this.#waiting.length >= this.#mayWait) throw new TooBusy();
		await new Promise<void>((resolve) => this.#waiting.push(resolve));
	}
}

function base64(bytes: Buffer): string {
	return bytes.toString('base64').replace(/=+$/, '');
}
