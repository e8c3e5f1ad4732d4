import { expect, test } from 'vitest';
import { deviceName } from './device-name.ts';

test.each([
	['Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/156.0 Safari/537.36', 'Chrome op Windows'],
	['Mozilla/5.0 (Windows NT 10.0) Chrome/156.0 Safari/537.36 Edg/156.0', 'Edge op Windows'],
	['Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0', 'Firefox op Linux'],
	['Mozilla/5.0 (iPhone; CPU iPhone OS 19) Version/19.0 Mobile Safari/604.1', 'Safari op iPhone'],
	['Mozilla/5.0 (X11; CrOS x86_64) Chrome/156.0 Safari/537.36', 'Chrome op Chromebook'],
	['Mozilla/5.0 (Linux; Android 16) Chrome/156.0 Mobile Safari/537.36', 'Chrome op Android'],
	['curl/8', 'Browser']
])('%s is %s', (userAgent, name) => {
	expect(deviceName(userAgent)).toBe(name);
});
