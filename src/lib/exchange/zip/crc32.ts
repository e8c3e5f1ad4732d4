const table = Uint32Array.from({ length: 256 }, (_, byte) => {
	let value = byte;
	for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
	return value;
});

/** The checksum of zip entries (ISO 3309), piece by piece. */
export const crc32 = {
	start: 0xffffffff,
	add(sum: number, bytes: Uint8Array): number {
		let value = sum;
		for (let at = 0; at < bytes.length; at++) {
			const byte = bytes[at] as number;
			value = (value >>> 8) ^ (table[(value ^ byte) & 0xff] as number);
		}
		return value;
	},
	end: (sum: number): number => (sum ^ 0xffffffff) >>> 0
};
