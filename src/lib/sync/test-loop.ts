import { expect, onTestFinished } from 'vitest';
import type { SyncAnswer, Synced } from '#lib/protocol/sync-answer.ts';
import type { SyncRequest } from '#lib/protocol/sync-request.ts';
import {
	entry,
	joinedVault,
	signature,
	valueOf,
	type Tab,
	type TestArgs
} from '#lib/vault/test-kit.ts';
import { SyncLoop, type SyncLoopOptions } from './sync-loop.ts';
import type { Transport, TransportFailure } from './transport.ts';

type Answer = SyncAnswer | TransportFailure;

/** The part of an answer that says how far it reached. */
export const cookie = (version: number) => ({
	epoch: 'epoch-1',
	version,
	scopes: ['school/staff'],
	reading: null
});

/** An answer, of one who has nothing to tell but what is named. */
export const synced = (change: Partial<Synced> = {}): Synced => ({
	kind: 'synced',
	cookie: cookie(1),
	results: [],
	afresh: false,
	removes: [],
	puts: [],
	lostScopes: [],
	scopes: ['school/staff'],
	more: false,
	today: '2026-11-21',
	...change
});

/** The results of a request of which all is taken. */
export const taken = ({ mutations }: SyncRequest) =>
	mutations.map(({ number, mutation: { uid } }) => ({ number, uid, refusal: null }));

/**
 * A transport that keeps what was asked, and gives answers in turn; the last one again and again.
 */
class FakeTransport implements Transport {
	readonly asked: SyncRequest[] = [];
	answers: ((request: SyncRequest) => Answer)[] = [
		(request) => synced({ results: taken(request) })
	];

	post(request: SyncRequest): Promise<Answer> {
		this.asked.push(request);
		const answer = this.answers.length > 1 ? this.answers.shift() : this.answers[0];
		return Promise.resolve(answer?.(request) ?? { kind: 'offline' });
	}
}

/** Time that passes when told; what is due then runs. */
class FakeClock {
	time = Date.parse('2026-11-21T13:00:00.000Z');
	due: { readonly at: number; readonly work: () => void }[] = [];

	now = () => this.time;
	random = () => 0;
	after = (milliseconds: number, work: () => void) => {
		const timer = { at: this.time + milliseconds, work };
		this.due.push(timer);
		return () => void (this.due = this.due.filter((other) => other !== timer));
	};

	get next(): number | null {
		const [first] = this.due.map(({ at }) => at - this.time).sort((a, b) => a - b);
		return first ?? null;
	}

	pass(milliseconds: number): void {
		this.time += milliseconds;
		const now = this.due.filter(({ at }) => at <= this.time);
		this.due = this.due.filter(({ at }) => at > this.time);
		for (const { work } of now) work();
	}
}

/** A loop over a joined vault, that sends and waits when a test says so. */
export async function setUp(options: Partial<SyncLoopOptions> = {}) {
	const vault = await joinedVault();
	const tab = await vault.open();
	const transport = new FakeTransport();
	const clock = new FakeClock();
	const loop = new SyncLoop({
		replica: tab.replica,
		account: 'account-1',
		transport,
		clock,
		alone: async (round) => round(),
		online: () => true,
		wipe: () => Promise.resolve(),
		...options
	});
	onTestFinished(() => loop.stop());
	/** Lets the round that is due run to its end. */
	const round = async (wait = clock.next ?? 0) => {
		clock.pass(wait);
		await expect.poll(() => loop.status.working).toBe(false);
	};
	return { ...vault, tab, transport, clock, loop, round };
}

/** Makes mutations in a tab, in one commit. */
export const make = async ({ replica }: Tab, ...args: readonly TestArgs[]) =>
	valueOf(
		await replica.commit(
			args.map((one) => entry(one)),
			signature
		)
	);
