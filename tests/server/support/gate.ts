import type { App } from './app.ts';

/** Password checks that are held once their answer is known. */
export interface Held {
	/** All of them wait. */
	readonly reached: Promise<undefined>;
	/** Lets them go on. */
	release(): void;
}

/** Holds the next checks of a password, so that something may happen while they are under way. */
export function holdChecks(apps: readonly App[], count: number): Held {
	const reached = Promise.withResolvers<undefined>();
	const released = Promise.withResolvers<undefined>();
	let begun = 0;
	let waiting = 0;
	const letGo = apps.map(({ endpoint: { passwords } }) => {
		const verify = passwords.verify.bind(passwords);
		passwords.verify = async (typed, hash) => {
			const isHeld = ++begun <= count;
			const answer = await verify(typed, hash);
			if (!isHeld) return answer;
			if (++waiting === count) reached.resolve(undefined);
			await released.promise;
			return answer;
		};
		return () => (passwords.verify = verify);
	});
	return {
		reached: reached.promise,
		release: () => {
			for (const restore of letGo) restore();
			released.resolve(undefined);
		}
	};
}

/** Lets something happen after the next request was let in, and before it writes. */
export function beforeNextWrite(
	{ endpoint: { schools } }: App,
	happening: () => Promise<void>
): void {
	const write = schools.write.bind(schools);
	schools.write = async (school, work) => {
		schools.write = write;
		await happening();
		return write(school, work);
	};
}
