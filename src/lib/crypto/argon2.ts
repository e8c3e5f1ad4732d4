import { argon2id } from 'hash-wasm';
import type { Bytes } from './bytes.ts';

/** The cost of one Argon2id derivation. It is stored with the wrap it was used for. */
export interface PasswordCost {
	readonly memoryKiB: number;
	readonly passes: number;
	readonly lanes: number;
}

export interface Argon2Request {
	readonly password: Bytes;
	/** At least 8 bytes. */
	readonly salt: Bytes;
	readonly cost: PasswordCost;
	/** In bytes. */
	readonly length: number;
}

/** Argon2id (RFC 9106), version 1.3. Takes a core for as long as it lasts: in pages, use a worker. */
export async function computeArgon2id(request: Argon2Request): Promise<Bytes> {
	const { password, salt, cost, length } = request;
	const hash = await argon2id({
		password,
		salt,
		memorySize: cost.memoryKiB,
		iterations: cost.passes,
		parallelism: cost.lanes,
		hashLength: length,
		outputType: 'binary'
	});
	return new Uint8Array(hash);
}
