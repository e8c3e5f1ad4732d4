/**
 * Browsers that enforce Trusted Types start a worker only from an address that a named policy has
 * passed. This is that policy: scripts of our own origin, nothing else.
 */

interface TrustedScriptPolicy {
	createScriptURL(address: string): string;
}

interface TrustedTypesFactory {
	createPolicy(name: string, rules: TrustedScriptPolicy): TrustedScriptPolicy;
}

function refuseForeign(address: string): string {
	const url = new URL(address, location.origin);
	if (url.origin !== location.origin) throw new TypeError(`Not a script of ours: ${url.origin}`);
	return url.href;
}

let policy: TrustedScriptPolicy | undefined;

function scriptPolicy(): TrustedScriptPolicy {
	const factory = (globalThis as { trustedTypes?: TrustedTypesFactory }).trustedTypes;
	const rules = { createScriptURL: refuseForeign };
	// A policy's name can be claimed once per page, so it is kept.
	policy ??= factory ? factory.createPolicy('schoolsleutel', rules) : rules;
	return policy;
}

/**
 * Passes the address of a worker's or the service worker's script.
 *
 * @param address path or absolute address on our own origin
 * @returns what `new Worker` and `register` take; typed as the string it stands for
 * @throws TypeError when the address is on another origin
 */
export function trustedScriptUrl(address: string): string {
	return scriptPolicy().createScriptURL(address);
}
