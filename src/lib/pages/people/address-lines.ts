import type { Address } from '#lib/domain/people/kinds.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import type { Description } from '#lib/ui/DescriptionList.svelte';

/** *NAW-gegevens*, line by line; what the school does not know stays empty. */
export function addressLines(address: Address | undefined): Description[] {
	const joined = (...parts: readonly (string | undefined)[]) =>
		parts.filter(Boolean).join(' ') || null;
	return [
		{ label: m.home_street(), value: joined(address?.street, address?.houseNumber) },
		{ label: m.home_city(), value: joined(address?.postcode, address?.city) },
		{ label: m.home_phone(), value: address?.phone || null },
		{ label: m.home_email(), value: address?.email || null }
	];
}
