import { expect, test } from 'vitest';
import { computeArgon2id } from './argon2.ts';
import { toUtf8 } from './bytes.ts';
import { newExtractableDataKey, unwrapDataKey, withoutExport, wrapDataKey } from './data-key.ts';
import { keyFromPassword, leastPasswordCost } from './password-key.ts';
import { randomBytes } from './random.ts';

// https://github.com/P-H-C/phc-winner-argon2 src/test.c, Argon2id, version 0x13.
test.each([
	[2, 65536, 1, '09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7'],
	[2, 256, 1, '9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe'],
	[2, 256, 2, '6d093c501fd5999645e0ea3bf620d7b8be7fd2db59c20d9fff9539da2bf57037'],
	[1, 65536, 1, 'f6a5adc1ba723dddef9b5ac1d464e180fcd9dffc9d1cbf76cca2fed795d9ca98']
])(
	'Argon2id of %d passes, %d KiB, %d lanes is the reference one',
	async (passes, memoryKiB, lanes, hash) => {
		const computed = await computeArgon2id({
			password: toUtf8('password'),
			salt: toUtf8('somesalt'),
			cost: { passes, memoryKiB, lanes },
			length: 32
		});
		expect(Buffer.from(computed).toString('hex')).toBe(hash);
	}
);

const cost = leastPasswordCost;

test('a wrap opens by the same password alone, however it was composed', async () => {
	const salt = randomBytes(16);
	const dataKey = await newExtractableDataKey();
	const key = await keyFromPassword('cafe\u0301 met appelgebak', { salt, cost });
	const wrapped = await wrapDataKey(key, dataKey, 'here');
	const same = await keyFromPassword('café met appelgebak', { salt, cost });
	const other = await keyFromPassword('cafe met appelgebak', { salt, cost });
	expect(await unwrapDataKey(other, wrapped, { place: 'here' })).toBeNull();
	expect(await unwrapDataKey(same, wrapped, { place: 'there' })).toBeNull();
	const unwrapped = await unwrapDataKey(same, wrapped, { place: 'here' });
	expect(unwrapped?.extractable).toBe(false);
	const forWrapping = await unwrapDataKey(same, wrapped, { place: 'here', extractable: true });
	if (!forWrapping) throw new Error('did not open');
	expect(await crypto.subtle.exportKey('raw', forWrapping)).toEqual(
		await crypto.subtle.exportKey('raw', dataKey)
	);
	expect((await withoutExport(dataKey)).extractable).toBe(false);
});

test.each([
	{ ...cost, memoryKiB: cost.memoryKiB - 1 },
	{ ...cost, passes: 1 },
	{ ...cost, lanes: 0 }
])('a cost of %j is under the least', async (low) => {
	await expect(keyFromPassword('x', { salt: randomBytes(16), cost: low })).rejects.toThrow(
		RangeError
	);
});

test('a worker that fails ends the derivation, and is ended', async () => {
	let ended = false;
	const worker = {
		onmessage: null as ((event: { data: unknown }) => void) | null,
		postMessage() {
			queueMicrotask(() => this.onmessage?.({ data: { error: 'out of memory' } }));
		},
		terminate() {
			ended = true;
		}
	};
	const derived = keyFromPassword('x', { salt: randomBytes(16), cost }, () => worker as never);
	await expect(derived).rejects.toThrow('out of memory');
	expect(ended).toBe(true);
});
