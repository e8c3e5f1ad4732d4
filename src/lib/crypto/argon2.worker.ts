import { computeArgon2id, type Argon2Request } from './argon2.ts';

/** Takes one request and gives one answer; the worker's maker ends it. */
self.onmessage = async ({ data }: MessageEvent<Argon2Request>) => {
	try {
		self.postMessage({ hash: await computeArgon2id(data) });
	} catch (error) {
		self.postMessage({ error: String(error) });
	}
};
