import { ImportWork, partsOf } from './work.ts';
import type { ImportReply, ImportRequest } from './reader.ts';

/** One request at a time; to cancel, its maker ends it. */
const work = new ImportWork();

self.onmessage = async ({ data }: MessageEvent<ImportRequest>) => {
	for await (const reply of answers(data)) self.postMessage(reply);
};

async function* answers(request: ImportRequest): AsyncGenerator<ImportReply> {
	try {
		if (request.ask === 'read') {
			yield { reply: 'read', result: await work.read(request.files) };
		} else {
			const roster = work.roster(request.mappings);
			for (const part of partsOf(roster)) yield { reply: 'part', part };
			yield { reply: 'roster', format: roster.format };
		}
	} catch (error) {
		yield { reply: 'failed', detail: String(error) };
	}
}
