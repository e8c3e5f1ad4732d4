import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import type { EndpointServer } from '../../support/endpoint-server.ts';
import { LoadDevice } from '../../support/load-device.ts';
import type { LoadSchool } from '../../support/load-school.ts';

/** The work that a server does when all devices send as fast as it answers. */
export interface Load {
	/** Mutations a second. */
	readonly rate: number;
	/** Milliseconds within which 99 of 100 requests were answered. */
	readonly p99: number;
	/** Processor seconds in a second. */
	readonly cores: Cpu;
}

interface Cpu {
	/** Of the server's processes. */
	readonly endpoint: number;
	/** Of these devices. */
	readonly devices: number;
	/** Of all that runs on this machine, a database too. */
	readonly machine: number;
}

export interface LoadOptions {
	readonly seconds: number;
	/** Mutations in a request. */
	readonly perRequest?: number;
}

/**
 * Lets every device of these schools change a pupil's phone number in each request and read what the
 * others changed, the next as soon as one is answered. A school's devices ask one and the same
 * process, the schools in turns.
 */
export async function load(
	endpoints: readonly EndpointServer[],
	schools: readonly LoadSchool[],
	{ seconds, perRequest = 1 }: LoadOptions
): Promise<Load> {
	const devices = schools.flatMap((school, which) =>
		school.tokens.map((_, index) => ({
			device: new LoadDevice(school, index),
			origin: endpoints[which % endpoints.length]?.origin ?? ''
		}))
	);
	// The first reads its school whole, which is another bench's business.
	for (const { device, origin } of devices) await device.sync(origin);
	await during(devices, { seconds: seconds / 5, perRequest });
	const before = cpuOf(endpoints);
	const startedAt = performance.now();
	const times = await during(devices, { seconds, perRequest });
	const elapsed = (performance.now() - startedAt) / 1000;
	const after = cpuOf(endpoints);
	for (const { device } of devices) {
		const refused = device.acknowledged.find(({ refused }) => refused !== null);
		if (refused) throw new Error(`Refused: ${refused.refused}`);
		device.close();
	}
	times.sort((one, other) => one - other);
	return {
		rate: (times.length * perRequest) / elapsed,
		p99: times[Math.floor(times.length * 0.99)] ?? 0,
		cores: {
			endpoint: (after.endpoint - before.endpoint) / elapsed,
			devices: (after.devices - before.devices) / elapsed,
			machine: (after.machine - before.machine) / elapsed
		}
	};
}

/** Returns the milliseconds that each request took. */
async function during(
	devices: readonly { readonly device: LoadDevice; readonly origin: string }[],
	{ seconds, perRequest }: Required<LoadOptions>
): Promise<number[]> {
	const times: number[] = [];
	const end = performance.now() + seconds * 1000;
	await Promise.all(
		devices.map(async ({ device, origin }) => {
			while (performance.now() < end) {
				for (let made = 0; made < perRequest; made++) device.edit();
				const startedAt = performance.now();
				await device.sync(origin);
				times.push(performance.now() - startedAt);
			}
		})
	);
	return times;
}

/** Processor seconds used so far. */
function cpuOf(endpoints: readonly EndpointServer[]): Cpu {
	const { user, system } = process.cpuUsage();
	const all = cpus().map(({ times }) => times.user + times.nice + times.sys + times.irq);
	return {
		machine: all.reduce((sum, ms) => sum + ms / 1000, 0),
		endpoint: endpoints.reduce((sum, { pid }) => sum + cpuSeconds(pid), 0),
		devices: (user + system) / 1e6
	};
}

/** Linux only: from /proc, in hundredths of a second. */
function cpuSeconds(pid: number): number {
	const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
	// After the name, which may hold anything, in brackets.
	const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	return (Number(fields[11]) + Number(fields[12])) / 100;
}
