import { join } from 'node:path';
import type { Id } from '#lib/domain/kernel/ids.ts';
import { accountEffects } from '../accounts/effects.ts';
import { accountWork } from '../accounts/due-work.ts';
import { HashQueue } from '../accounts/hash-queue.ts';
import { Passwords } from '../accounts/passwords.ts';
import { SchoolList } from '../accounts/school-list.ts';
import type { AccountLimits, JoiningTools } from '../accounts/tools.ts';
import { DueWorker } from '../due/worker.ts';
import { isLocal } from '../base/place.ts';
import { Reach } from '../base/reach.ts';
import { loadKeys, type Keys } from '../base/keys.ts';
import { RateLimiter } from '../limits/rate-limiter.ts';
import { describeError, logTo, type Log } from '../base/log.ts';
import { mailKind, mailSender } from '../mail/outbox.ts';
import { fileTransport, smtpTransport, type MailTransport } from '../mail/transport.ts';
import type { Store } from '../store/database.ts';
import { openStore, placeFrom } from '../store/open-store.ts';
import { Schools } from '../sync/schools.ts';
import { Upkeep } from '../upkeep/upkeep.ts';

export type Env = Readonly<Record<string, string | undefined>>;

/** Against floods of requests that are let in otherwise. */
export interface RequestLimits {
	/** Of any kind; a whole school may be behind one address. */
	readonly byAddress: RateLimiter;
	/** To sync, with all devices of one account. */
	readonly syncsByAccount: RateLimiter;
	readonly syncsBySchool: RateLimiter;
	readonly auditsByAccount: RateLimiter;
	/** Each goes along all that was ever done in a school. */
	readonly verdictsBySchool: RateLimiter;
}

/** Everything that answers requests; one a process. */
export interface Endpoint extends JoiningTools {
	readonly requests: RequestLimits;
	readonly upkeep: Upkeep;
	/** Live streams by their session; each browser has one. */
	readonly streams: Map<Id, () => void>;
	/** Where mails lie that no server sends; null: they are sent, or are for nobody to read. */
	readonly mailFolder: string | null;
	readonly mailReaders: 'thisMachine' | 'everybody';
	/** Knows whether others turned out to reach it. */
	readonly reach: Reach;
	readonly log: Log;
	/** Returns what it is given, once that is done; `close` waits for it. */
	readonly running: <T>(request: Promise<T>) => Promise<T>;
	/** Lets requests and work that began end, and closes the store. */
	readonly close: () => Promise<void>;
}

/** The options that a test may set otherwise. */
export interface EndpointOptions {
	readonly now?: () => Date;
	readonly log?: Log;
	readonly store?: Store;
}

/**
 * Opens the server that the environment describes: `DATABASE_URL` or `DATA_DIR`, `SMTP_URL` with
 * `MAIL_FROM`, `ORIGIN`, `HOST`, `DEMO_MAIL`, `ENDPOINT_KEY`, `AUDIT_PAYLOAD_DAYS`. Migrates the store.
 */
export async function openEndpoint(env: Env, options: EndpointOptions = {}): Promise<Endpoint> {
	const now = options.now ?? (() => new Date());
	const log = options.log ?? logTo(process.stdout, now);
	const store = options.store ?? (await openStore(placeFrom(env)));
	const keys = loadKeys(env);
	const passwords = new Passwords({ pepper: keys.key('password') });
	const publicUrl = env['ORIGIN'] ?? `http://localhost:${env['PORT'] ?? 3000}`;
	const hashQueue = hashQueueOf({ store, keys, passwords, log });
	const report = (error: unknown, where: string): void => log({ where, ...describeError(error) });
	const schools = new Schools({
		store,
		keys,
		effects: accountEffects(hashQueue),
		// Over sync nobody proves to know the password before it; own-password.ts is the way.
		isGoodPassword: () => false,
		report,
		clock: now
	});
	const running = new Set<Promise<unknown>>();
	const streams = new Map<Id, () => void>();
	const mail = mailFrom(env, { publicUrl, now });
	const tools = { store, schools, keys, passwords, now, publicUrl, limits: accountLimits() };
	const due: DueWorker = new DueWorker({
		database: store,
		handlers: {
			...accountWork({ ...tools, due: { poke: () => due.poke() } }),
			[mailKind]: mailSender(keys, mail.transport)
		},
		now,
		failed: ({ kind, attempts }, error, last) =>
			log({ where: `due ${kind}`, attempts, last, ...describeError(error) })
	});
	due.start();
	const upkeep = upkeepFrom(env, { store, now, log });
	upkeep.start();
	await hashQueue.start();
	for (const warning of mail.warnings) log({ where: 'mail', warning });
	return {
		...tools,
		due,
		schoolList: new SchoolList(store, now),
		hashQueue,
		upkeep,
		requests: requestLimits(),
		mailFolder: mail.folder,
		mailReaders: mail.readers,
		reach: new Reach(env['ORIGIN'], { log, note: join(mailFolderIn(env), 'reached-by-others') }),
		log,
		streams,
		running: async (request) => {
			running.add(request);
			return request.finally(() => running.delete(request));
		},
		close: async () => {
			for (const end of [...streams.values()]) end();
			while (running.size > 0) await Promise.allSettled(running);
			schools.close();
			await Promise.all([due.stop(), upkeep.stop(), hashQueue.stop()]);
			mail.transport.close();
			await store.close();
		}
	};
}

function hashQueueOf(parts: {
	readonly store: Store;
	readonly keys: Keys;
	readonly passwords: Passwords;
	readonly log: Log;
}): HashQueue {
	const { store, keys, passwords, log } = parts;
	const failed = (error: unknown): void => log({ where: 'hash queue', ...describeError(error) });
	return new HashQueue({ store, keys, passwords, failed });
}

/** Days; a year and no longer, where nobody says otherwise. */
const auditDays = 365;

function upkeepFrom(
	env: Env,
	{ store, now, log }: { readonly store: Store; readonly now: () => Date; readonly log: Log }
): Upkeep {
	return new Upkeep({
		store,
		now,
		auditDays: daysFrom(env['AUDIT_PAYLOAD_DAYS']) ?? auditDays,
		failed: ({ kind, attempts }, error, last) =>
			log({ where: `upkeep ${kind}`, attempts, last, ...describeError(error) })
	});
}

/**
 * Reads a number of days; null: nothing was set.
 *
 * @throws Error where it is no number of days
 */
function daysFrom(text: string | undefined): number | null {
	if (!text) return null;
	if (!/^[1-9]\d{0,4}$/.test(text)) {
		throw new Error(`AUDIT_PAYLOAD_DAYS must be a whole number of days from 1 up, not: ${text}`);
	}
	return Number(text);
}

function accountLimits(): AccountLimits {
	const hour = 3600;
	return {
		resetsByAddress: new RateLimiter({ capacity: 30, perSecond: 60 / hour }),
		resetsByName: new RateLimiter({ capacity: 3, perSecond: 3 / hour }),
		linksByAddress: new RateLimiter({ capacity: 60, perSecond: 120 / hour }),
		admissionsByAccount: new RateLimiter({ capacity: 200, perSecond: 60 / hour }),
		addressesByAccount: new RateLimiter({ capacity: 5, perSecond: 5 / hour })
	};
}

function requestLimits(): RequestLimits {
	return {
		byAddress: new RateLimiter({ capacity: 3_000, perSecond: 500 }),
		// A first load of everything is some dozen requests, one after the other.
		syncsByAccount: new RateLimiter({ capacity: 600, perSecond: 20 }),
		syncsBySchool: new RateLimiter({ capacity: 3_000, perSecond: 500 }),
		auditsByAccount: new RateLimiter({ capacity: 120, perSecond: 2 }),
		verdictsBySchool: new RateLimiter({ capacity: 10, perSecond: 1 / 30 })
	};
}

interface MailPlace {
	readonly transport: MailTransport;
	readonly folder: string | null;
	readonly readers: 'thisMachine' | 'everybody';
	/** Warnings that the person who set it up should read. */
	readonly warnings: readonly string[];
}

function mailFrom(
	env: Env,
	{ publicUrl, now }: { readonly publicUrl: string; readonly now: () => Date }
): MailPlace {
	const { hostname } = new URL(publicUrl);
	const url = env['SMTP_URL'];
	if (url) {
		const transport = smtpTransport(url, env['MAIL_FROM'] ?? `schoolsleutel@${hostname}`);
		const warnings = env['ORIGIN'] ? [] : [`ORIGIN is not set: mails lead to ${publicUrl}`];
		return { transport, folder: null, readers: 'thisMachine', warnings };
	}
	const folder = mailFolderIn(env);
	const transport = fileTransport(folder, now);
	if (env['DEMO_MAIL'] === '1') {
		const warnings = ['DEMO_MAIL is set: no mail is sent, and everybody can read all of it'];
		return { transport, folder, readers: 'everybody', warnings };
	}
	const isAlone = isForThisMachine(env);
	return {
		transport,
		folder: isAlone ? folder : null,
		readers: 'thisMachine',
		warnings: isAlone ? [] : ['SMTP_URL is not set: no mail is sent']
	};
}

function mailFolderIn(env: Env): string {
	return join(env['DATA_DIR'] || 'data', 'mail');
}

/**
 * Tells whether nobody has said that others than this machine reach the server, and they cannot.
 */
function isForThisMachine(env: Env): boolean {
	const host = env['HOST'] === '::1' ? '[::1]' : (env['HOST'] ?? '');
	return isLocal(host) && !env['ORIGIN'] && !env['ADDRESS_HEADER'];
}
