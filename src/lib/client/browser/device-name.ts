import { m } from '#lib/i18n/paraglide/messages.js';

const browsers: readonly (readonly [RegExp, string])[] = [
	[/Edg/, 'Edge'],
	[/SamsungBrowser/, 'Samsung Internet'],
	[/Firefox|FxiOS/, 'Firefox'],
	[/Chrome|CriOS/, 'Chrome'],
	[/Safari/, 'Safari']
];
const systems: readonly (readonly [RegExp, string])[] = [
	[/iPhone/, 'iPhone'],
	[/iPad/, 'iPad'],
	[/Android/, 'Android'],
	[/CrOS/, 'Chromebook'],
	[/Windows/, 'Windows'],
	[/Macintosh/, 'Mac'],
	[/Linux/, 'Linux']
];

/** Returns the name of a browser in its user's list of devices: *Chrome op Windows*. */
export function deviceName(userAgent: string): string {
	const named = (names: typeof browsers) => names.find(([sign]) => sign.test(userAgent))?.[1];
	const browser = named(browsers) ?? m.sync_device_browser();
	const system = named(systems);
	return system === undefined ? browser : m.sync_device({ browser, system });
}
