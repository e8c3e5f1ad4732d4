import fc from 'fast-check';
import type { AnyRecord } from '#lib/domain/registry/records.ts';
import type { CredentialCard } from '#lib/domain/credentials/kinds.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import { everyRecord } from '#lib/domain/testing/every-kind.ts';
import { attack, forge, type Attack } from './attacks.ts';
import type { Beginning } from './beginnings.ts';
import { reopening, unblocking } from './deeds/account-deeds.ts';
import { deed } from './deeds/commands.ts';
import type { Deed } from './deeds/deed.ts';
import { Device, valueOf, type Command, type Fate, type Late } from './device.ts';
import { doorWork } from './doors.ts';
import { SimulatedEndpoint } from './endpoint.ts';
import { adultId, cast, childId, deputyId, guardianId, headId, teacherId } from './school.ts';
import type { Tally } from './tally.ts';

const fates: fc.Arbitrary<readonly Fate[]> = fc.array(
	fc.constantFrom<Fate>('arrives', 'arrives', 'isLost', 'answerIsLost', 'comesTwice', 'comesLate'),
	{ maxLength: 3 }
);
const device = fc.nat(9);
/** After how many steps a process ends; null: it does not. */
const death = (most: number) => fc.option(fc.nat(most), { freq: 3 });

const step = fc.oneof(
	{
		weight: 8,
		arbitrary: fc.record({
			do: fc.constant('make' as const),
			device,
			deeds: fc.array(deed, { minLength: 1, maxLength: 2 }),
			diesAfter: death(8)
		})
	},
	{
		weight: 8,
		arbitrary: fc.record({
			do: fc.constant('sync' as const),
			device,
			fates,
			diesAfter: death(25),
			endpointDiesAfter: death(40),
			old: fc.nat(9).map((n) => n === 0)
		})
	},
	fc.record({ do: fc.constant('twoTabs' as const), device, fates, deeds: fc.tuple(deed, deed) }),
	fc.record({ do: fc.constantFrom('clone', 'lock'), device }),
	fc.record({ do: fc.constantFrom('retry', 'discard'), device, diesAfter: death(12) }),
	fc.record({ do: fc.constant('takeOver' as const), device, diesAfter: death(12) }),
	{ weight: 2, arbitrary: fc.record({ do: fc.constantFrom('backUp', 'restore') }) },
	{ weight: 8, arbitrary: fc.record({ do: fc.constant('attack' as const), attack }) },
	{ weight: 3, arbitrary: fc.record({ do: fc.constant('atDoor' as const), doorWork }) },
	fc.record({ do: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 30 }) })
);

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** How one simulated week goes. */
export interface Plan {
	readonly beginning: Beginning;
	/** The account whose device is there beside the staff's. */
	readonly guest: Id;
	readonly steps: readonly Step[];
	/** Rows in an answer of the server. */
	readonly rows: number;
	/** How far the devices' clocks are off, in hours. */
	readonly off: readonly number[];
}

export const plans: fc.Arbitrary<Plan> = fc.record({
	beginning: fc.constantFrom<Beginning>('wasThere', 'movedIn', 'founded'),
	guest: fc.constantFrom(guardianId, adultId, adultId, childId),
	steps: fc.array(step, { minLength: 4, maxLength: 32 }),
	rows: fc.integer({ min: 3, max: 60 }),
	off: fc.array(fc.integer({ min: -60, max: 60 }), { minLength: 5, maxLength: 5 })
});

const staff = [headId, headId, deputyId, teacherId];
const hour = 3_600_000;
const mostDevices = 7;

/** Lets a week happen, and then holds devices and server to what they promise. Throws what is broken. */
export async function simulate(plan: Plan, tally: Tally): Promise<void> {
	const { steps } = plan;
	const world = await World.create(plan, tally);
	try {
		for (const one of steps) await world.run(one);
		await world.settle();
		await world.check();
	} finally {
		await world.close();
	}
}

class World {
	readonly #endpoint: SimulatedEndpoint;
	readonly #devices: Device[] = [];
	readonly #late: Late = [];
	#at = 0;

	static async create({ off, guest, ...plan }: Plan, tally: Tally): Promise<World> {
		const world = new World(await SimulatedEndpoint.open({ ...plan, tally }));
		for (const [at, account] of [...staff, guest].entries()) {
			const from = { account, endpoint: world.#endpoint, late: world.#late };
			world.#devices.push(await Device.create({ ...from, off: (off[at] ?? 0) * hour }));
		}
		// Everybody has the school once; from there on anything may happen.
		for (const each of world.#devices) await each.sync();
		await world.#endpoint.backUp();
		return world;
	}

	private constructor(endpoint: SimulatedEndpoint) {
		this.#endpoint = endpoint;
	}

	async run(one: Step): Promise<void> {
		switch (one.do) {
			case 'make': {
				const chosen = this.#device(one.device);
				return chosen.mayDie(one.diesAfter, () => this.#make(chosen, one.deeds));
			}
			case 'sync': {
				if (one.endpointDiesAfter !== null) this.#endpoint.dieAfter(one.endpointDiesAfter);
				const chosen = this.#device(one.device);
				await chosen.mayDie(one.diesAfter, () => chosen.sync(one.fates, { old: one.old }));
				this.#endpoint.restart();
				return;
			}
			case 'twoTabs': {
				const chosen = this.#device(one.device);
				const [first, second] = one.deeds.map((each) => this.#commands(chosen, each));
				await chosen.inTwoTabs(one.fates, [first ?? [], second ?? []]);
				return chosen.mayDie(null, () => Promise.resolve());
			}
			case 'takeOver': {
				const chosen = this.#device(one.device);
				const other = this.#devices.find(
					(each) => each !== chosen && each.account === chosen.account
				);
				if (!other) return;
				return chosen.mayDie(one.diesAfter, () => chosen.takeOver(other));
			}
			case 'retry':
			case 'discard': {
				const chosen = this.#device(one.device);
				const refused = () =>
					one.do === 'retry' ? chosen.retryRefused() : chosen.discardRefused();
				return chosen.mayDie(one.diesAfter, refused);
			}
			case 'clone':
				if (this.#devices.length === mostDevices) return;
				this.#devices.push(await this.#device(one.device).clone());
				return;
			case 'attack':
				return this.#attack(one.attack);
			case 'atDoor':
				return this.#endpoint.atDoor(one.doorWork, `${++this.#at}`);
			case 'lock':
				return this.#device(one.device).open();
			case 'wait':
				this.#endpoint.now += one.hours * hour;
				return;
			case 'backUp':
				return this.#endpoint.backUp();
			case 'restore':
				return this.#endpoint.restore();
		}
	}

	/** The faults end, and everybody gets all through that they can. */
	async settle(): Promise<void> {
		this.#endpoint.restart();
		for (const late of this.#late.splice(0)) await this.#endpoint.answer(late);
		await this.#drainAll();
		// A person who was let out comes in once more, so that all that waits anywhere arrives.
		const desk = this.#device(0);
		await this.#drain(desk);
		await this.#make(
			desk,
			cast.flatMap((id) => [reopening(id), unblocking(id)])
		);
		// Each reads what the others send.
		for (let pass = 0; pass < 2; pass++) await this.#drainAll();
	}

	async check(): Promise<void> {
		await this.#endpoint.oracle.checkAll();
		const outcomes = await this.#endpoint.outcomes();
		const told = union(this.#devices.map((each) => each.told));
		const stuck = new Set<Id>();
		for (const each of this.#devices) {
			const view = await this.#endpoint.viewOf(each.account);
			if (!view) {
				// The account is gone for good, with what it would have sent.
				for (const { mutation } of each.replica.waiting) stuck.add(mutation.uid);
				continue;
			}
			for (let opened = 0; opened < 2; opened++) {
				must(each.replica.waiting.length === 0, 'something still waits');
				valueOf(await each.replica.loadHistory());
				mustEqual(textsOf(everyRecord(each.replica.state)), textsOf(view));
				await this.#checkPasswords(each);
				await each.open();
			}
		}
		for (const { account, made } of this.#devices) {
			for (const uid of made) {
				const { taken = [], refused = false } = outcomes.get(uid) ?? {};
				must(taken.length <= 1, `${uid} was done ${taken.length} times`);
				if (taken[0] === account || told.has(uid) || stuck.has(uid)) continue;
				must(refused, `${uid} was saved and is lost`);
				must(false, `${uid} was refused in silence`);
			}
		}
	}

	/** Those that the server has are gone, but for cards that are still to be printed. */
	async #checkPasswords({ replica }: Device): Promise<void> {
		const { state } = replica;
		const cards = [...state.all('credentialCard')];
		const accounts = [...state.all('account')];
		const ids = [...cards, ...accounts].flatMap(({ secretId }) => secretId ?? []);
		const kept = valueOf(await replica.secrets(ids));
		const isUnprinted = ({ printRunId }: CredentialCard) =>
			state.get('printRun', printRunId)?.savedAt === null;
		const unprinted = new Set(cards.filter(isUnprinted).map(({ secretId }) => secretId));
		for (const id of kept.keys()) must(unprinted.has(id), 'a device keeps a password');
	}

	async close(): Promise<void> {
		for (const each of this.#devices) each.close();
		await this.#endpoint.close();
	}

	/** The reply is not believed: the oracle says what became of it. */
	async #attack(plan: Attack): Promise<void> {
		const forged = forge(plan, this.#endpoint.knowledge, `${++this.#at}`);
		await this.#endpoint.answerTo(plan.by, forged, plan.isSignedIn);
	}

	async #make(chosen: Device, deeds: readonly Deed[]): Promise<void> {
		valueOf(await chosen.replica.loadHistory());
		for (const each of deeds) await chosen.make(this.#commands(chosen, each));
	}

	#commands(chosen: Device, made: Deed): readonly Command[] {
		const { state } = chosen.replica;
		const actor = chosen.actor(state);
		return actor ? made({ state, actor, at: `${++this.#at}` }) : [];
	}

	async #drainAll(): Promise<void> {
		for (const each of this.#devices) await this.#drain(each);
	}

	async #drain(each: Device): Promise<void> {
		for (let rounds = 0; rounds < 10; rounds++) {
			let outcome = '';
			await each.mayDie(null, async () => ({ kind: outcome } = await each.sync()));
			if (outcome === 'signedOut') return;
			// Somebody dishonest has used up the account's hour.
			if (outcome === 'busy') this.#endpoint.now += hour;
			else must(outcome === 'done', `a device is told ${outcome}`);
			if (each.replica.waiting.length === 0) return;
		}
		must(false, 'an outbox does not get through');
	}

	#device(number: number): Device {
		const chosen = this.#devices[number % this.#devices.length];
		if (!chosen) throw new Error('no devices');
		return chosen;
	}
}

function textsOf(all: readonly AnyRecord[]): string[] {
	return all.map((record) => JSON.stringify(record)).sort();
}

function union<T>(sets: readonly Iterable<T>[]): Set<T> {
	return new Set(sets.flatMap((set) => [...set]));
}

function must(holds: boolean, otherwise: string): void {
	if (!holds) throw new Error(otherwise);
}

function mustEqual(here: readonly string[], there: readonly string[]): void {
	const lacking = there.filter((text) => !here.includes(text));
	const extra = here.filter((text) => !there.includes(text));
	if (lacking.length + extra.length === 0) return;
	throw new Error(`a device lacks ${lacking.join(' ')} and has ${extra.join(' ')}`);
}
