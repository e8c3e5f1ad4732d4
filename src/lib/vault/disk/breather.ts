/** Milliseconds of work after which the page gets a turn. */
const breath = 12;

/** Lets the page paint and answer in the middle of long work: await `pause` every little while. */
export class Breather {
	#since = performance.now();

	async pause(): Promise<void> {
		if (performance.now() - this.#since < breath) return;
		await turn();
		this.#since = performance.now();
	}
}

/** Once whatever waits has had its turn. A timer would wait another 4 ms each time, for nothing. */
async function turn(): Promise<void> {
	const { port1, port2 } = new MessageChannel();
	await new Promise((resolve) => {
		port1.onmessage = resolve;
		port2.postMessage(null);
	});
	port1.close();
}
