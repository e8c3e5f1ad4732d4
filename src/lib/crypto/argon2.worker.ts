import { computeArgon2id, type Argon2Request } from './argon2.ts';

/** One request, one answer; whoever made the worker ends it. */
self.onmessage = async ({ data }: MessageEvent<Argon2Request>) => {
	try {
		self.postMessage({ hash: await computeArgon2id(data) });
	} catch (error) {
		self.postMessage({ error: String(error) });
	}
};
