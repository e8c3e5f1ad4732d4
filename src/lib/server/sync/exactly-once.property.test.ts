import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { SyncAnswer } from '#lib/protocol/sync-answer.ts';
import type { AuditBody } from '#lib/protocol/audit.ts';
import { TestEndpoint, type TestDevice } from './testing.ts';

/** The things that may happen on the way of one request, or to the parties at its ends. */
const happenings = [
	'make',
	'arrives',
	'isLost',
	'answerIsLost',
	'comesTwice',
	'oldOneComes',
	'numbersAnew',
	'endpointRestarts'
] as const;

const devices = 3;
const steps = fc.array(
	fc.record({
		device: fc.nat(devices - 1),
		what: fc.oneof(
			{ weight: 4, arbitrary: fc.constant('make' as const) },
			fc.constantFrom(...happenings)
		),
		minutes: fc.integer({ min: 1, max: 9 })
	}),
	{ minLength: 5, maxLength: 40 }
);

/** A device, with copies of all it ever sent. */
class Wire {
	device: TestDevice;
	readonly made: string[] = [];
	readonly refused = new Set<string>();
	readonly #sent: object[] = [];

	constructor(device: TestDevice) {
		this.device = device;
	}

	make(minutes: number): void {
		const at = this.made.length;
		const args = { printRunId: `run-${this.device.clientId}-${at}`, title: 'A', cardCount: 1 };
		const edit = { lockAfterMinutes: [15, 15 + minutes] } as const;
		const uid =
			minutes % 3 === 0
				? this.device.add('school.changeSettings@1', { edit })
				: this.device.add('print.start@1', args);
		this.made.push(uid);
	}

	async send(): Promise<SyncAnswer> {
		this.#sent.push(this.#request);
		return this.#checked(await this.device.send());
	}

	async resend(which: number): Promise<void> {
		const old = this.#sent.at(which % Math.max(this.#sent.length, 1));
		if (old) await this.device.send(old);
	}

	take(answer: SyncAnswer): void {
		if (answer.kind === 'renumber') return this.renumber();
		for (const { uid, refusal } of this.device.take(answer).results) {
			if (refusal) this.refused.add(uid);
		}
	}

	renumber(): void {
		const { device } = this;
		device.clientId = `${device.clientId}x`;
		device.confirmed = 0;
		device.outbox = device.outbox.map((sent, at) => ({ ...sent, number: at + 1 }));
		device.nextNumber = device.outbox.length + 1;
	}

	async settle(): Promise<void> {
		for (;;) {
			const answer = await this.send();
			this.take(answer);
			if (answer.kind === 'synced' && !answer.more) return;
		}
	}

	get #request(): object {
		const { clientId, confirmed, cookie, outbox } = this.device;
		return { clientId, confirmed, cookie, mutations: outbox };
	}

	#checked(answer: Awaited<ReturnType<TestDevice['send']>>): SyncAnswer {
		if (answer.kind === 'refused') throw new Error(answer.code);
		return answer;
	}
}

async function run(wire: Wire, what: (typeof happenings)[number], minutes: number): Promise<void> {
	switch (what) {
		case 'make': {
			wire.make(minutes);
			return;
		}
		case 'arrives': {
			wire.take(await wire.send());
			return;
		}
		case 'isLost':
		case 'endpointRestarts':
			return;
		case 'answerIsLost':
			await wire.send();
			return;
		case 'comesTwice':
			await wire.send();
			{
				wire.take(await wire.send());
				return;
			}
		case 'oldOneComes':
			return wire.resend(minutes);
		case 'numbersAnew': {
			wire.renumber();
			return;
		}
	}
}

it('runs every mutation once and in its order, whatever happens on the way', async () => {
	await fc.assert(
		fc.asyncProperty(steps, async (happening) => {
			let endpoint = await TestEndpoint.open();
			await endpoint.addSchool('school-1');
			const wires = Array.from({ length: devices }, () => new Wire(endpoint.device('school-1')));
			for (const { device, what, minutes } of happening) {
				const wire = wires[device];
				if (what === 'endpointRestarts') {
					endpoint = new TestEndpoint(endpoint.store);
					for (const each of wires) each.device.endpoint = endpoint;
				}
				if (wire) await run(wire, what, minutes);
			}
			for (const wire of [...wires, ...wires]) await wire.settle();
			const log = await mutationsIn(endpoint);
			const taken = log.map(({ uid }) => uid);
			const known = await uidsKnownTo(endpoint);
			for (const { made, refused } of wires) {
				expect(made.filter((uid) => !known.has(uid))).toEqual([]);
				expect(taken.filter((uid) => made.includes(uid))).toEqual(
					made.filter((uid) => !refused.has(uid))
				);
			}
			const history = (await endpoint.records('school-1')).flatMap((record) =>
				record.kind === 'history' ? [record.uid] : []
			);
			expect(history).toHaveLength(new Set(history).size);
			// An edit to what a field holds already changes nothing, and leaves no history.
			expect(taken).toEqual(expect.arrayContaining(history));
			const runs = wires.flatMap(({ device }) => [...device.records.keys()]);
			expect(runs.filter((key) => key.startsWith('printRun'))).toHaveLength(
				devices * log.filter(({ mutation }) => mutation === 'print.start@1').length
			);
			expect(new Set(wires.map(({ device }) => device.held.join())).size).toBe(1);
			await endpoint.store.close();
		}),
		{ numRuns: 60 }
	);
}, 60_000);

async function mutationsIn(endpoint: TestEndpoint) {
	const rows = await endpoint.store.read('school-1', ({ db }) =>
		db.selectFrom('audit').select('body').orderBy('seq').execute()
	);
	return rows.map(({ body }) => JSON.parse(body) as AuditBody & { what: 'mutation' });
}

/** Of all that came to an end, refused ones too. */
async function uidsKnownTo({ store }: TestEndpoint): Promise<ReadonlySet<string>> {
	const rows = await store.read('school-1', ({ db }) =>
		db.selectFrom('outcome').select('uid').execute()
	);
	return new Set(rows.map(({ uid }) => uid));
}
