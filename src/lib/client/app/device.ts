import argon2Url from '#lib/crypto/argon2.worker.ts?worker&url';
import { DeviceVaults } from '#lib/vault/device/device-vaults.ts';
import { browserPlatform } from '#lib/vault/disk/platform.ts';
import { startWorker } from '../browser/start-worker.ts';

/**
 * All that keeps schools on this device. The largest part of the app, so `app.svelte.ts` loads it
 * only for a device that has a school, or when one is made.
 */
export function openDevice(): DeviceVaults {
	return new DeviceVaults(browserPlatform(() => startWorker(argon2Url)));
}
