import { DeviceVaults } from '#lib/vault/device/device-vaults.ts';
import { browserPlatform } from '#lib/vault/disk/platform.ts';
import { startArgon2Worker } from '../print/start-worker.ts';

/**
 * All that keeps schools on this device. The largest part of the app, so `app.svelte.ts` loads it
 * only for a device that has a school, or when one is made.
 */
export function openDevice(): DeviceVaults {
	return new DeviceVaults(browserPlatform(startArgon2Worker));
}
